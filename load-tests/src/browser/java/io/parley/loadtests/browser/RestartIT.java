package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The node that a page is connected to is stopped and started again. */
@ExtendWith(Site.Extension.class)
class RestartIT {
    private final Site site;

    RestartIT(Site site) {
        this.site = site;
    }

    @Test
    void nothingIsLostNothingComesTwiceAndWhatWasWrittenMeanwhileIsSentOnce() {
        String graceHandle = Screen.newHandle("grace");
        try (Screen ada = site.desktop(site.one()).register(Screen.newHandle("ada"), "Ada");
                Screen grace = site.desktop(site.two()).register(graceHandle, "Grace")) {
            grace.mayBeOffline();
            ada.startWith(graceHandle).say("before");
            grace.open("Ada");
            assertThat(grace.messages()).hasText(new String[] {"before"});

            site.stopTwo();
            grace.awaitState("offline, reconnecting");
            grace.say("written offline");
            assertThat(grace.waiting()).containsText("waiting for the connection");
            grace.shoot("offline");
            ada.say("said meanwhile");
            assertThat(ada.waiting()).hasCount(0);
            site.startTwo();

            grace.awaitState("live");
            String[] all = {"before", "said meanwhile", "written offline"};
            assertThat(grace.messages()).hasText(all);
            assertThat(grace.waiting()).hasCount(0);
            assertThat(ada.messages()).hasText(all);

            ada.say("after");
            assertThat(grace.messages()).hasText(new String[] {all[0], all[1], all[2], "after"});
        }
    }
}
