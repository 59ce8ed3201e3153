package dev.imagemirror.operator.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.imagemirror.operator.testing.TestingValues.digest;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.RegistryHealth;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a table or comes from a registry is shown as text. */
@Timeout(180)
class HostileTextE2E {
    private static final String MARKUP = "\"'><img src=x"
            + " onerror=window.pwned=1><script>window.pwned=1</script><svg/onload=window.pwned=1>${1}&amp;%2F\\u0027";
    private static final String KEY = "row " + MARKUP;
    private static final String COPYING = "copying " + MARKUP;

    @AutoClose
    private static TestingBrowser browser;

    @BeforeAll
    static void startBrowser() {
        browser = TestingBrowser.require();
    }

    @Test
    void hostileTextsAreShownAsTextInEveryField() {
        try (TestingSite site = new TestingSite()) {
            fill(site);
            site.catalog.refresh();
            try (DashboardPage page = DashboardPage.open(browser.browser(), site.url(), 1440, ColorScheme.LIGHT)) {
                assertThat(page.locate("tr.entry")).hasCount(2);
                page.locate("tr.entry").first().click();
                page.locate("tr.entry").last().click();
                assertThat(page.locate(".beneath .details")).hasCount(2);

                assertThat(page.locate("tr.entry .source").last()).hasText(KEY);
                assertThat(page.locate("tr.entry .reason").last()).containsText("InvalidEntry: 2 problems");
                assertThat(page.locate(".beneath").last()).containsText("problem one " + MARKUP);
                assertThat(page.locate(".beneath").last()).containsText("problem two " + MARKUP);
                assertThat(page.locate(".facts").last()).containsText("interval " + MARKUP);
                assertThat(page.locate(".beneath .message")).hasText("message " + MARKUP);
                assertThat(page.locate("#jobs")).containsText("detail " + MARKUP);
                assertThat(page.locate("#copies .outcome")).hasText("failed: outcome " + MARKUP);
                assertThat(page.locate("#registries .what")).containsText("registry " + MARKUP);
                page.shoot("hostile");
                assertNothingRan(page);
                search(page);
            }
        }
    }

    private static void search(DashboardPage page) {
        page.locate("#search").fill(MARKUP);
        assertThat(page.locate("tr.entry")).hasCount(2);
        page.locate("#search").fill("<script>no entry</script>");
        assertThat(page.locate("#nothing")).isVisible();
        assertNothingRan(page);
    }

    private static void assertNothingRan(DashboardPage page) {
        assertThat(page.script("window.pwned === undefined")).isEqualTo(true);
        assertThat(page.locate("main img, main script, main [onerror], main [onload]"))
                .hasCount(0);
        assertThat(page.locate("a[href^='javascript' i]")).hasCount(0);
        page.assertNothingToComplainOf();
    }

    private static void fill(TestingSite site) {
        Instant now = site.clock.instant();
        site.mirrors.row(KEY, Map.of("Destination", "to " + MARKUP, "Interval", "interval " + MARKUP));
        List<String> problems = List.of("problem one " + MARKUP, "problem two " + MARKUP);
        site.statuses.write(new EntryStatus(
                new EntryKey(KEY),
                new EntryStatus.Summary(EntryStatus.RowSeen.NONE, false, StateCounts.NONE, problems, ""),
                Map.of(),
                now,
                0));
        site.mirrors.row(COPYING, Map.of("Destination", MARKUP, "Suspend", true));
        pair(site, now);
        site.registries.add(new RegistryHealth("registry " + MARKUP, 0, 1, 1, now.plusSeconds(60), 3));
    }

    private static void pair(TestingSite site, Instant now) {
        Pair pair = new Pair(ImageReference.parse("a.example/b:1"), ImageReference.parse("c.example/d:1"));
        CopyJobSpec spec = new CopyJobSpec("queue " + MARKUP, "definition " + MARKUP, Map.of(), Map.of(), 60);
        Claim claim = new Claim("id", "claimant " + MARKUP, 1, now, digest("a"), spec, "job " + MARKUP);
        CopyRecord copy = new CopyRecord(
                digest("a"), now, "job " + MARKUP, "failed: outcome " + MARKUP, 5, Duration.ofSeconds(1));
        site.statuses.set(new PairStatus(
                new EntryKey(COPYING),
                pair,
                PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, "message " + MARKUP),
                new PairStatus.Seen(digest("a"), digest("b")),
                new PairStatus.Times(now, now, now),
                new PairStatus.Progress(claim, Retry.NONE, List.of(copy)),
                1));
        CopyJob job = new CopyJob(
                claim.jobId(),
                claim.jobName(),
                CopyJob.State.RUNNING,
                "detail " + MARKUP,
                now,
                now,
                null,
                URI.create("javascript:window.pwned=1"));
        site.jobs.put(job.id(), job);
        site.progress.add(new JobProgress(
                new CopyJob("other " + MARKUP, "n", CopyJob.State.RUNNING, MARKUP, now, now, null), 1, 1, 1, 1, 1, 1));
    }
}
