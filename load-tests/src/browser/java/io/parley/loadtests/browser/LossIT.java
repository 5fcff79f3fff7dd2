package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Frames get lost on their way to a page, or none come for a while: what it does about it. */
@ExtendWith(Site.Extension.class)
class LossIT {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Site site;
    private Screen ada;
    private Screen grace;
    private Wire wire;

    LossIT(Site site) {
        this.site = site;
    }

    @BeforeEach
    void theyTalk() {
        String graceHandle = Screen.newHandle("grace");
        ada = site.desktop(site.one()).register(Screen.newHandle("ada"), "Ada");
        grace = site.desktop(site.two()).register(graceHandle, "Grace");
        ada.startWith(graceHandle).say("first");
        wire = Wire.of(grace.page());
        grace.page().reload();
        grace.open("Ada");
        assertThat(grace.messages()).hasText(new String[] {"first"});
    }

    @AfterEach
    void noBrowserComplained() {
        ada.close();
        grace.close();
    }

    @Test
    void aMissingChangeIsNoticedByTheNextOneAndFetched() {
        grace.expectWarning("a hole before offset");
        AtomicBoolean taken = new AtomicBoolean();
        wire.lose(frame -> frame.contains("\"lost\"") && taken.compareAndSet(false, true));

        ada.say("lost");
        assertThat(ada.waiting()).hasCount(0);
        ada.say("next");

        assertThat(grace.messages()).hasText(new String[] {"first", "lost", "next"});
        assertThat(wire.connections()).isEqualTo(2);
        grace.awaitState("live");
    }

    /** For longer than any limit of the server on what a request may take. */
    @Test
    void aConnectionOnWhichNothingHappensStays() {
        grace.page().waitForTimeout(QUIET.toMillis());

        assertThat(wire.connections()).isEqualTo(1);
        grace.awaitState("live");
    }

    @Test
    void aMessageOfWhichNoAnswerCameIsSentAgainAfterAReloadAndStaysOne() {
        wire.lose(frame -> frame.contains("\"ack\"") || frame.contains("\"change\""));
        grace.say("heard only there");
        assertThat(ada.messages()).hasText(new String[] {"first", "heard only there"});
        assertThat(grace.waiting()).hasCount(1);

        wire.lose(frame -> false);
        grace.page().reload();
        grace.open("Ada");
        assertThat(grace.waiting()).hasCount(0);
        grace.say("and this");

        String[] all = {"first", "heard only there", "and this"};
        assertThat(grace.messages()).hasText(all);
        assertThat(ada.messages()).hasText(all);
    }
}
