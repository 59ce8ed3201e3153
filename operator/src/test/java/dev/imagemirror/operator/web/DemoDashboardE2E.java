package dev.imagemirror.operator.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.imagemirror.operator.demo.OperatorDemo;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code make demo KEEP=1}, and its dashboard; docs/dashboard.png is {@code target/screenshots/demo.png}. */
@Timeout(180)
class DemoDashboardE2E {
    private static final Pattern ADDRESS = Pattern.compile("dashboard: (\\S+)");
    private static final Pattern EXPORT = Pattern.compile("(?m)^ *(export .+)$");
    private static final String COMMAND = "operator/target/mirror-operator/bin/mirror-operator status";

    @Test
    void theDemoPrintsItsDashboardsAddressWhichShowsWhatTheDemoDid() throws IOException, InterruptedException {
        try (TestingBrowser browser = TestingBrowser.require()) {
            Process demo = demo();
            String said = said(demo);
            String address = found(ADDRESS, said);
            try (DashboardPage page = DashboardPage.open(browser.browser(), address, 1280, ColorScheme.LIGHT)) {
                assertThat(page.locate("#headline")).containsText("All 2 entries are in sync");
                assertThat(page.locate("tr.entry")).hasCount(2);
                assertThat(page.locate("#copies tbody tr")).hasCount(4);
                assertThat(page.locate("#registries tbody tr")).hasCount(2);
                page.locate("tr.entry").first().click();
                assertThat(page.locate(".pairs-table tbody tr").first()).isVisible();
                page.page().setViewportSize(1280, 640);
                page.shoot("demo");
                page.assertNothingToComplainOf();
                assertThat(PrometheusText.parse(text(address + "metrics")))
                        .as("every metric that is documented is there after the demo")
                        .containsKeys(MetricsPage.types().keySet().toArray(String[]::new));
                assertThat(shell(found(EXPORT, said) + "; " + COMMAND))
                        .as("the demo says how a command finds its tables")
                        .contains("2 entries, 2 ready");
            } finally {
                stop(demo);
            }
        }
    }

    private static Process demo() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OperatorDemo.class.getName()))
                .redirectErrorStream(true);
        builder.environment().put("KEEP", "1");
        return builder.start();
    }

    /** All that it says until it waits. */
    private static String said(Process demo) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader out = new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.contains(COMMAND)) {
                return said.toString();
            }
        }
        throw new AssertionError("the demo ended:\n" + said);
    }

    private static String found(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return found.group(1);
    }

    private static String text(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String shell(String line) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", line)
                .directory(new File(".."))
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** With the operator that it has started. */
    private static void stop(Process demo) throws InterruptedException {
        List<ProcessHandle> children = demo.descendants().toList();
        demo.destroy();
        children.forEach(ProcessHandle::destroy);
        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
