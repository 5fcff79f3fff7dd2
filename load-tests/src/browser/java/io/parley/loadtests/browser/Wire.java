package io.parley.loadtests.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.function.Predicate;

/** The live connection of a page, of which a test may take frames away on their way to it. */
final class Wire {
    private volatile Predicate<String> lost = frame -> false;
    private volatile int connections;

    private Wire() {}

    /** Goes between this page and its server, from the next load of the page on. */
    static Wire of(Page page) {
        Wire wire = new Wire();
        page.routeWebSocket("**/api/v1/live", wire::connect);
        return wire;
    }

    /** From now on these frames do not arrive. */
    void lose(Predicate<String> frames) {
        lost = frames;
    }

    /** How often the page has connected. */
    int connections() {
        return connections;
    }

    private void connect(WebSocketRoute page) {
        connections++;
        page.connectToServer().onMessage(frame -> {
            if (!lost.test(frame.text())) {
                page.send(frame.text());
            }
        });
    }
}
