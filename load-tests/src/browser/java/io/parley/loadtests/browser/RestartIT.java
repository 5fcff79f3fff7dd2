package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void whatWaitsSurvivesAReload() {
        String graceHandle = Screen.newHandle("grace");
        try (Screen ada = site.desktop(site.one()).register(Screen.newHandle("ada"), "Ada");
                Screen grace = site.desktop(site.one()).register(graceHandle, "Grace")) {
            ada.mayBeOffline();
            ada.startWith(graceHandle).say("first");
            assertThat(ada.waiting()).hasCount(0);
            String id = outbox(ada, "waited");
            ada.page().reload();
            ada.open("Grace");

            assertThat(ada.messages()).hasText(new String[] {"first", "waited"});
            assertThat(ada.waiting()).hasCount(0);
            grace.open("Ada");
            assertThat(grace.messages()).hasText(new String[] {"first", "waited"});
            assertThat(id).isNotBlank();
        }
    }

    /** As a tab leaves it that is closed before the answer comes; value: the message's id. */
    private static String outbox(Screen screen, String text) {
        return (String) screen.page()
                .evaluate(
                        """
                        async text => {
                          const { user, accessToken } = JSON.parse(localStorage.getItem("parley.session"));
                          const headers = { Authorization: `Bearer ${accessToken}`, "Content-Type": "application/json" };
                          const list = await fetch("/api/v1/conversations", { headers });
                          const conversationId = (await list.json()).conversations[0].id;
                          const id = "0b8e3c46-7b1e-4b0c-9f5a-" + Date.now().toString(16).padStart(12, "0");
                          const body = JSON.stringify({ clientMessageId: id, text });
                          const path = `/api/v1/conversations/${conversationId}/messages`;
                          await fetch(path, { method: "POST", headers, body });
                          const waiting = JSON.stringify([{ id, conversationId, text }]);
                          sessionStorage.setItem(`parley.outbox.${user.id}`, waiting);
                          return id;
                        }
                        """,
                        text);
    }
}
