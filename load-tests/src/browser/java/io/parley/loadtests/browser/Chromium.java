package io.parley.loadtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The browser of this machine, without a window. Playwright downloads none. */
final class Chromium implements AutoCloseable {
    private static final Path EXECUTABLE =
            Path.of(System.getenv().getOrDefault("PARLEY_CHROMIUM", "/usr/bin/chromium"));

    /** Generous: machines that build do so many things at once. */
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(20);

    /** Root cannot use the sandbox; the rest keeps the browser from talking to anybody but the server. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(EXECUTABLE)
                        .setArgs(FLAGS));
    }

    /** Errors: {@code IllegalStateException} if there is none, with what to do about it. */
    static Chromium start() {
        if (!Files.isExecutable(EXECUTABLE)) {
            throw new IllegalStateException("no Chromium at " + EXECUTABLE
                    + ": install Debian's package chromium, or name another one in PARLEY_CHROMIUM");
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(SEEN_WITHIN.toMillis());
        return new Chromium(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
