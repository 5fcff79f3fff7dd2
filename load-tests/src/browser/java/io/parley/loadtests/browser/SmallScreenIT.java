package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A narrow screen, a keyboard and no mouse, and the end of a session. */
@ExtendWith(Site.Extension.class)
class SmallScreenIT {
    private final Site site;

    SmallScreenIT(Site site) {
        this.site = site;
    }

    @Test
    void nothingIsWiderThanAPhone() {
        String handle = Screen.newHandle("phone");
        try (Screen other = site.desktop(site.two())
                        .register(Screen.newHandle("other"), "Somebody with a rather long name");
                Screen phone = site.phone(site.one())) {
            assertFits(phone, "phone-door");
            phone.register(handle, "A person whose name is nearly as long as names may be, really");
            other.startWith(handle)
                    .say("A-word-that-nobody-would-break-".repeat(8))
                    .say("short");
            assertThat(phone.badge("Somebody with a rather long name")).isVisible();
            assertFits(phone, "phone-list");

            phone.open("Somebody with a rather long name");
            assertThat(phone.page().locator("#conversations")).isHidden();
            phone.say("An answer");
            assertThat(phone.waiting()).hasCount(0);
            assertFits(phone, "phone-talk");
            phone.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertFits(phone, "phone-talk-dark");

            phone.page().locator("#back").click();
            assertThat(phone.page().locator("#conversations")).isVisible();
            assertThat(phone.page().locator("#talk")).isHidden();
            phone.page().locator("#start-open").click();
            assertFits(phone, "phone-start");
        }
    }

    @Test
    void theKeyboardIsEnoughToRegisterFindSomebodyAndTalk() {
        String other = Screen.newHandle("other");
        try (Screen listener = site.desktop(site.two()).register(other, "Other");
                Screen typist = site.desktop(site.one())) {
            Keyboard keys = typist.page().keyboard();
            keys.press("Shift+Tab");
            keys.press("ArrowRight");
            keys.press("Tab");
            keys.type(Screen.newHandle("typist"));
            keys.press("Tab");
            keys.type("Typist");
            keys.press("Tab");
            keys.type(Screen.PASSWORD);
            keys.press("Enter");
            typist.awaitState("live");

            assertThat(typist.page().locator("#start-open")).isFocused();
            keys.press("Enter");
            keys.press("Tab");
            keys.type(other);
            keys.press("Enter");
            assertThat(typist.page().locator("#text")).isFocused();
            keys.type("two");
            keys.press("Shift+Enter");
            keys.type("lines");
            keys.press("Enter");
            assertThat(typist.waiting()).hasCount(0);

            keys.press("ArrowUp");
            assertThat(typist.page().locator("#editing")).isVisible();
            keys.press("Escape");
            keys.press("Escape");
            assertThat(typist.inList("Other")).isFocused();
            keys.press("Enter");
            assertThat(typist.page().locator("#text")).isFocused();
            listener.open("Typist");
            assertThat(listener.messages().first()).hasText("two\nlines");
        }
    }

    @Test
    void whoSignsOutIsSignedOutInAllTabsAndMaySignInAgain() {
        String handle = Screen.newHandle("leaver");
        try (Screen leaver = site.desktop(site.one()).register(handle, "Leaver")) {
            Page otherTab = leaver.page().context().newPage();
            otherTab.navigate("/");
            assertThat(otherTab.locator("#state-word")).hasText("live");

            leaver.page().locator("#sign-out").click();
            assertThat(leaver.page().locator("#sign-in-problem")).hasText("You have signed out.");
            assertThat(otherTab.locator("#door")).isVisible();
            assertThat(leaver.page().evaluate("localStorage.getItem('parley.session')"))
                    .isNull();

            leaver.page().getByLabel("Handle").first().fill(handle.toUpperCase(Locale.ROOT));
            leaver.page().getByLabel("Password").fill(Screen.PASSWORD);
            leaver.page().keyboard().press("Enter");
            leaver.awaitState("live");
            assertThat(otherTab.locator("#door")).isVisible();
        }
    }

    private static void assertFits(Screen screen, String name) {
        screen.shoot(name);
        assertThat((Integer) screen.page().evaluate("document.documentElement.scrollWidth"))
                .as("width of " + name)
                .isLessThanOrEqualTo(360);
    }
}
