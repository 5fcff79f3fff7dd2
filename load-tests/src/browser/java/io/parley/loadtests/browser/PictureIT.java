package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Saturday in the making; its picture is docs/page.png. */
@ExtendWith(Site.Extension.class)
class PictureIT {
    private final Site site;

    PictureIT(Site site) {
        this.site = site;
    }

    @Test
    void severalConversationsStandSideBySide() {
        String robin = Screen.newHandle("robin");
        String noor = Screen.newHandle("noor");
        String sam = Screen.newHandle("sam");
        try (Screen me = site.desktop(site.one()).register(robin, "Robin");
                Screen friend = site.desktop(site.two()).register(noor, "Noor");
                Screen other = site.desktop(site.two()).register(sam, "Sam")) {
            friend.startWith(robin).say("The ferry timetable for Saturday is out: 9:15 there, 17:40 back.");
            me.open("Noor").say("9:15 works for me. I can bring the big thermos.");
            assertThat(friend.messages()).hasCount(2);
            friend.say("Then I'll get bread and cheese on the way 🧀");
            assertThat(me.messages()).hasCount(3);
            me.say("Rain jackets, and the museum before the beach?");
            assertThat(friend.messages()).hasCount(4);
            friend.say("Good plan. It opens at ten, so we'd be there right off the boat.")
                    .say("Meet at pier 2, by the blue kiosk?");
            assertThat(me.messages()).hasCount(6);
            me.say("Pier 2 at nine it is.");
            assertThat(friend.messages()).hasCount(7);

            other.startGroup("Reading circle", robin + ", " + noor).say("Who has the next book already?");
            other.startWith(robin).say("Are you in town on Sunday?").say("We are cooking for everybody.");
            assertThat(me.badge("Sam")).hasText("2 unread messages");
            assertThat(me.badge("Reading circle")).hasText("1 unread message");
            friend.type("See you th");
            assertThat(me.page().locator("#typing")).hasText("Noor is typing …");
            me.page().mouse().move(600, 200);
            me.shoot("page");
            me.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            me.shoot("page-dark");
        }
    }
}
