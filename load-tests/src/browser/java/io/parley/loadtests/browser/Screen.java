package io.parley.loadtests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one person sees and does: a page in a browser of its own. Closing checks that the browser had no complaint. */
final class Screen implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration RECONNECTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private boolean mayBeOffline;
    private String expectedWarning = "";

    Screen(Browser browser, URI node, int width, int height) {
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(node.toString())
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(WITHIN.toMillis());
        this.page = context.newPage();
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
        page.navigate("/");
    }

    /** A handle that nobody has. */
    static String newHandle(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A person who has just registered, and is connected. */
    Screen register(String handle, String displayName) {
        page.getByText("Register").first().click();
        page.getByLabel("Handle").first().fill(handle);
        page.getByLabel("Name that others see").fill(displayName);
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("#enter").click();
        awaitState("live");
        return this;
    }

    /** Opens the direct conversation with somebody, found by the handle. */
    Screen startWith(String handle) {
        start("Person").getByLabel("Handle").first().fill(handle);
        page.locator("#start-go").click();
        assertThat(page.locator("#talk-about")).hasText("@" + handle);
        return this;
    }

    Screen startGroup(String title, String handles) {
        start("Group").getByLabel("Title").fill(title);
        page.getByLabel("Handles of its members").fill(handles);
        page.locator("#start-go").click();
        assertThat(page.locator("#talk-title")).hasText(title);
        return this;
    }

    Screen startChannel(String title) {
        start("Channel").getByLabel("Title").fill(title);
        page.locator("#start-go").click();
        assertThat(page.locator("#talk-title")).hasText(title);
        return this;
    }

    Screen join(String channel) {
        start("Join a channel").getByLabel("Join " + channel).click();
        assertThat(page.locator("#talk-title")).hasText(channel);
        return this;
    }

    /** Opens a conversation of the list. */
    Screen open(String name) {
        inList(name).click();
        assertThat(page.locator("#talk-title")).hasText(name);
        return this;
    }

    Screen type(String text) {
        page.locator("#text").pressSequentially(text);
        return this;
    }

    Screen say(String text) {
        page.locator("#text").fill(text);
        page.locator("#text").press("Enter");
        return this;
    }

    /** Everything that was said in the open conversation, as far as it is on the page. */
    Locator messages() {
        return page.locator("#messages .words");
    }

    /** The message with this text. */
    Locator message(String text) {
        return page.locator("#messages .message")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText(text, new Page.GetByTextOptions().setExact(true))));
    }

    /** What waits to be sent. */
    Locator waiting() {
        return page.locator("#pending .message");
    }

    Locator inList(String name) {
        return page.locator("#conversations")
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".head").getByText(name, new Locator.GetByTextOptions().setExact(true))));
    }

    Locator badge(String name) {
        return inList(name).locator(".badge");
    }

    void awaitState(String word) {
        assertThat(page.locator("#state-word"))
                .hasText(
                        word,
                        new LocatorAssertions.HasTextOptions()
                                .setTimeout(Duration.ofSeconds(40).toMillis()));
    }

    /** From now on the server may be away, of which browsers complain. */
    void mayBeOffline() {
        mayBeOffline = true;
    }

    /** The page will say this in the console. */
    void expectWarning(String words) {
        expectedWarning = words;
    }

    Page page() {
        return page;
    }

    Screen shoot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
        return this;
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }

    /** Value: the window in which a conversation of this kind is started. */
    private Locator start(String kind) {
        page.locator("#start-open").click();
        Locator window = page.locator("#start");
        window.getByText(kind, new Locator.GetByTextOptions().setExact(true)).click();
        return window;
    }

    private void note(ConsoleMessage message) {
        boolean network = message.text().contains("net::ERR") || message.text().contains("WebSocket connection to");
        boolean expected = !expectedWarning.isEmpty() && message.text().contains(expectedWarning);
        if (List.of("error", "warning").contains(message.type()) && !(network && mayBeOffline) && !expected) {
            complaints.add(message.type() + ": " + message.text());
        }
    }
}
