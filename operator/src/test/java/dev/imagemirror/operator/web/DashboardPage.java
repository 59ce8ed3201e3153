package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The dashboard in a window of its own; complains of everything that the browser complains of. */
final class DashboardPage implements AutoCloseable {
    private static final Path SHOTS = Path.of("target", "screenshots");

    private final BrowserContext window;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private DashboardPage(Browser browser, int width, ColorScheme scheme) {
        window = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
        page = window.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequestFailed(request -> {
            if (!request.failure().contains("ERR_ABORTED")) { // a question that the page itself gave up
                complaints.add(request.url() + " " + request.failure());
            }
        });
    }

    static DashboardPage open(Browser browser, String url, int width, ColorScheme scheme) {
        DashboardPage dashboard = new DashboardPage(browser, width, scheme);
        dashboard.page.navigate(url);
        dashboard.locate("#connection[data-word=live]").waitFor();
        return dashboard;
    }

    Page page() {
        return page;
    }

    Locator locate(String selector) {
        return page.locator(selector);
    }

    Locator row(String source) {
        return page.locator("tr.entry[data-source='" + source + "']");
    }

    /** The sources of the rows, in their order. */
    List<String> sources() {
        return page.locator("tr.entry .source").allTextContents();
    }

    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    Object script(String expression) {
        return page.evaluate(expression);
    }

    void shoot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    /** Nothing was refused by the content security policy, and no script failed. */
    void assertNothingToComplainOf() {
        assertThat(complaints).isEmpty();
    }

    @Override
    public void close() {
        window.close();
    }
}
