package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people, each on a node of their own. */
@ExtendWith(Site.Extension.class)
class TalkingIT {
    private final Site site;
    private final String adaHandle = Screen.newHandle("ada");
    private final String graceHandle = Screen.newHandle("grace");
    private Screen ada;
    private Screen grace;

    TalkingIT(Site site) {
        this.site = site;
    }

    @BeforeEach
    void bothRegister() {
        ada = site.desktop(site.one()).register(adaHandle, "Ada");
        grace = site.desktop(site.two()).register(graceHandle, "Grace");
    }

    @AfterEach
    void noBrowserComplained() {
        ada.close();
        grace.close();
    }

    @Test
    void theyFindEachOtherAndTalkBothWays() {
        ada.startWith(graceHandle).say("Good morning, Grace");
        assertThat(ada.waiting()).hasCount(0);
        assertThat(grace.badge("Ada")).hasText("1 unread message");

        grace.open("Ada");
        assertThat(grace.messages()).hasText(new String[] {"Good morning, Grace"});
        assertThat(grace.badge("Ada")).hasCount(0);

        grace.say("Good morning, Ada");
        assertThat(ada.messages()).hasText(new String[] {"Good morning, Grace", "Good morning, Ada"});
        assertThat(ada.badge("Grace")).hasCount(0);
    }

    @Test
    void whatIsUnreadIsCountedUntilItIsSeenAlsoOverAReload() {
        ada.startWith(graceHandle).say("one").say("two").say("three");
        assertThat(grace.badge("Ada")).hasText("3 unread messages");

        grace.page().reload();
        assertThat(grace.badge("Ada")).hasText("3 unread messages");
        grace.open("Ada");
        assertThat(grace.page().locator(".line.new")).hasText("New messages");
        assertThat(grace.badge("Ada")).hasCount(0);

        grace.page().reload();
        assertThat(grace.inList("Ada")).isVisible();
        assertThat(grace.badge("Ada")).hasCount(0);
    }

    @Test
    void typingIsShownUntilTheMessageIsThere() {
        ada.startWith(graceHandle).say("hello");
        grace.open("Ada");

        ada.type("how are y");
        assertThat(grace.page().locator("#typing")).hasText("Ada is typing …");
        ada.type("ou?").page().keyboard().press("Enter");
        assertThat(grace.messages()).hasText(new String[] {"hello", "how are you?"});
        assertThat(grace.page().locator("#typing")).hasText("");
    }

    @Test
    void anEditAndADeletionAreSeenByTheOther() {
        ada.startWith(graceHandle).say("helo").say("not this");
        grace.open("Ada");
        assertThat(grace.messages()).hasText(new String[] {"helo", "not this"});

        click(ada, "helo", "Edit");
        ada.say("hello");
        click(ada, "not this", "Delete");
        click(ada, "not this", "Really delete?");

        String[] left = {"hello", "This message was deleted."};
        assertThat(grace.messages()).hasText(left);
        assertThat(ada.messages()).hasText(left);
        assertThat(grace.page().locator("#messages .foot").first()).containsText("edited");
        assertThat(grace.page().locator("#messages .controls")).hasCount(0);
    }

    @Test
    void hostileTextIsTextAndNothingElse() {
        String html = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        String reversed = "invoice\u202Egnp.exe";
        ada.startWith(graceHandle).say(html).say(reversed);
        grace.open("Ada");

        assertThat(grace.messages()).hasText(new String[] {html, reversed});
        assertThat(grace.page().locator("#room img:not(.mark), #messages script"))
                .hasCount(0);
        assertThat(grace.page().title()).endsWith("Parley");
        assertThat(grace.messages().last().evaluate("words => getComputedStyle(words).unicodeBidi"))
                .isIn("isolate", "plaintext", "isolate-override");
    }

    @Test
    void aGroupAppearsForWhoIsAddedAndIsGoneForWhoLeaves() {
        ada.startGroup("Lunch", graceHandle).say("Where to?");

        grace.open("Lunch");
        assertThat(grace.page().locator("#messages .sender")).hasText("Ada");
        grace.page().locator("#members-open").click();
        assertThat(grace.page().locator("#member-list li")).hasCount(2);
        grace.page().locator("#leave").click();
        assertThat(grace.inList("Lunch")).hasCount(0);
        assertThat(grace.page().locator("#talk")).isHidden();

        ada.page().locator("#members-open").click();
        assertThat(ada.page().locator("#member-list li")).hasCount(1);
    }

    @Test
    void aChannelIsListedAndJoined() {
        String title = Screen.newHandle("News");
        ada.startChannel(title).say("The first edition");
        assertThat(ada.waiting()).hasCount(0);

        grace.join(title);
        assertThat(grace.messages()).hasText(new String[] {"The first edition"});
        ada.say("The second");
        assertThat(grace.messages()).hasText(new String[] {"The first edition", "The second"});
    }

    private static void click(Screen screen, String text, String button) {
        Locator message = screen.message(text);
        message.hover();
        message.getByText(button, new Locator.GetByTextOptions().setExact(true)).click();
    }
}
