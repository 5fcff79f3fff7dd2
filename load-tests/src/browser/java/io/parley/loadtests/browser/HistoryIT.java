package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A conversation that is longer than what a page shows at first. */
@ExtendWith(Site.Extension.class)
class HistoryIT {
    /** The page reads 50 at once. */
    private static final int SAID = 130;

    private final Site site;

    HistoryIT(Site site) {
        this.site = site;
    }

    @Test
    void scrollingUpReadsOnePageAfterTheOtherAndMovesNothing() {
        String handle = Screen.newHandle("hedy");
        try (Screen writer = site.desktop(site.one()).register(Screen.newHandle("writer"), "Writer");
                Screen reader = site.desktop(site.two()).register(handle, "Hedy")) {
            writer.startWith(handle);
            IntStream.rangeClosed(1, SAID).forEach(number -> writer.say("number " + number));
            assertThat(writer.waiting()).hasCount(0);
            assertThat(reader.badge("Writer")).containsText("99+");
            reader.open("Writer");
            // So many unread are read at once: begin again at the end.
            reader.page()
                    .locator("#jump")
                    .or(reader.message("number " + SAID))
                    .first()
                    .waitFor();
            scroll(reader.page(), "scroll.scrollHeight");
            assertThat(reader.badge("Writer")).hasCount(0);
            reader.page().reload();
            reader.open("Writer");
            assertThat(reader.messages()).hasCount(50);
            assertThat(reader.message("number " + SAID)).isInViewport();

            climb(reader, 50, 100);
            climb(reader, 100, SAID);
            assertThat(reader.page().locator("#earlier")).isHidden();
            String[] all = IntStream.rangeClosed(1, SAID)
                    .mapToObj(number -> "number " + number)
                    .toArray(String[]::new);
            assertThat(reader.messages()).hasText(all);

            scroll(reader.page(), "scroll.scrollHeight / 2");
            writer.say("one more");
            assertThat(reader.page().locator("#jump")).isVisible();
            reader.shoot("history");
            reader.page().locator("#jump").click();
            assertThat(reader.message("one more")).isInViewport();
        }
    }

    /** What was on top before is where it was, although as many others stand above it now. */
    private static void climb(Screen screen, int from, int to) {
        Locator first = screen.message("number " + (SAID - from + 1));
        scroll(screen.page(), "200");
        double before = first.boundingBox().y;
        assertThat(screen.messages()).hasCount(to);
        assertThat(first.boundingBox().y).isBetween(before - 60, before + 60);
    }

    private static void scroll(Page page, String top) {
        page.locator("#scroll").evaluate("scroll => scroll.scrollTop = " + top);
    }
}
