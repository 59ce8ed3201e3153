package dev.imagemirror.operator.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.RegistryHealth;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard in Chromium, over tables in memory. Screenshots go to {@code target/screenshots}. */
@Timeout(180)
class DashboardE2E {
    private static final String GOLANG = "docker.io/library/golang:1.17";
    private static final String KAFKA = "docker.io/bitnami/kafka:3.6";
    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/";

    private static TestingBrowser browser;
    private final TestingSite site = new TestingSite();
    private final TestingFleet fleet = new TestingFleet(site);
    private DashboardPage page;

    @BeforeAll
    static void startBrowser() {
        browser = TestingBrowser.require();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void stop() {
        if (page != null) {
            page.assertNothingToComplainOf();
            page.close();
        }
        site.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void showsStuckAndRunningEntriesAtAGlance(ColorScheme scheme) {
        busyDay();
        open(1440, scheme);

        assertThat(page.locate("#headline"))
                .containsText(
                        "3 entries need attention. 1 cannot be checked. 6 have drifted. The oldest drift is 3d5h old");
        assertThat(page.locate(".tile.Blocked .count")).hasText("3");
        assertThat(page.locate(".tile.All .count")).hasText("31");
        assertThat(page.locate("tr.entry")).hasCount(31);
        assertThat(page.locate("#jobs progress")).hasAttribute("max", "1");
        assertThat((double) page.script("document.querySelector('#jobs progress').value"))
                .isBetween(0.41, 0.42);
        assertThat(page.locate("#jobs")).containsText("58 MiB of 141 MiB · 6/14 blobs · 0/1 destination");
        assertThat(page.locate("#jobs a")).hasAttribute("href", Pattern.compile("https://.*console.*"));
        assertThat(page.locate("#copies .timeline rect")).hasCount(20);
        assertThat(page.locate("#copies .timeline rect.failed")).hasCount(1);
        assertThat(page.locate("#copies tbody tr").first()).containsText("library/image-0000:1.0");
        assertThat(page.locate("#copies tbody tr").first()).containsText("95 MiB");
        assertThat(page.locate("#registries")).containsText("cooling down until");
        assertThat(page.locate("#queue")).hasText("3 waiting (1s), 40 planned, 4/4 workers");
        boolean isDark = scheme == ColorScheme.DARK;
        String ground = (String) page.script("getComputedStyle(document.body).backgroundColor");
        assertThat(ground).isEqualTo(isDark ? "rgb(15, 19, 24)" : "rgb(247, 248, 250)");
        page.shoot("overview-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void showsHowManyDestinationsAreDoneIfKnown() {
        busyDay();
        JobProgress local = site.progress.get(0);
        site.progress.set(
                0,
                new JobProgress(
                        local.job(),
                        14,
                        6,
                        local.bytes(),
                        local.bytesDone(),
                        JobProgress.UNKNOWN,
                        JobProgress.UNKNOWN));
        open();
        assertThat(page.locate("#jobs")).containsText("58 MiB of 141 MiB · 6/14 blobs");
        assertThat(page.locate("#jobs")).not().containsText("/1 destination");
        assertThat(page.locate("#jobs")).not().containsText("undefined");
    }

    @Test
    void searchFindsSourcesDestinationsAndReasons() {
        busyDay();
        open();
        search("kafka");
        assertThat(page.locate("tr.entry")).hasCount(1);
        assertThat(page.locate("#found")).hasText("1 entry");
        search("registry.example.com:5000");
        assertThat(page.row("docker.io/grafana/grafana:11.0.0#prod/monitoring/grafana"))
                .isVisible();
        assertThat(page.locate("tr.entry")).hasCount(1);
        search("immutable TAG");
        assertThat(page.row(KAFKA)).isVisible();
        search("nothing is like this");
        assertThat(page.locate("#nothing")).containsText("No matching entries");
        page.press("Escape");
        assertThat(page.locate("tr.entry")).hasCount(31);
    }

    @Test
    void columnsSortBothWaysAndShowTheDirection() {
        busyDay();
        open();
        assertThat(page.locate("th[aria-sort=ascending]")).hasText("State");
        page.locate("th [data-sort=source]").click();
        assertThat(page.locate("th[aria-sort=ascending]")).hasText("Source");
        assertThat(page.locate("tr.entry").first()).hasAttribute("data-source", "UPPER/case:1");
        page.locate("th [data-sort=source]").click();
        assertThat(page.locate("th[aria-sort=descending]")).hasText("Source");
        assertThat(page.locate("tr.entry").first()).hasAttribute("data-source", "registry.k8s.io/pause:3.9");
        page.locate("th [data-sort=drift]").click();
        assertThat(page.locate("tr.entry").first()).hasAttribute("data-source", KAFKA);
        page.locate("th [data-sort=pairs]").click();
        assertThat(page.locate("tr.entry .pairs-cell").first()).hasText("1/2");
    }

    @Test
    void statesFilterAndTheAddressRemembersIt() {
        busyDay();
        open();
        page.locate(".tile.Blocked").click();
        assertThat(page.locate("tr.entry")).hasCount(3);
        assertThat(page.locate(".tile.Blocked")).hasAttribute("aria-pressed", "true");
        page.page().reload();
        assertThat(page.locate("tr.entry")).hasCount(3);
        page.locate(".tile.Blocked").click();
        assertThat(page.locate("tr.entry")).hasCount(31);
    }

    @Test
    void openedEntryShowsWhyItIsBlockedAndTheNextAction() {
        busyDay();
        open();
        page.row(KAFKA).click();
        assertThat(page.row(KAFKA)).hasAttribute("aria-expanded", "true");
        Locator why = page.locate(".beneath .why.blocked");
        assertThat(why).containsText("The tag is immutable at the destination. ImmutableTag");
        assertThat(why).containsText("the registry answered 400 to the manifest");
        assertThat(why).containsText("Next: Make the repository's tags mutable");
        assertThat(why).containsText("mirror-operator sync " + KAFKA);
        assertThat(page.locate(".pairs-table .what").first()).containsText(ECR + "bitnami/kafka:3.6");
        page.shoot("opened");
        page.row("UPPER/case:1").click();
        assertThat(page.locate(".beneath").first()).containsText("has upper-case letters; write upper/case:1");
        page.row(KAFKA).click();
        assertThat(page.row(KAFKA)).hasAttribute("aria-expanded", "false");
        assertThat(page.locate(".beneath")).hasCount(1);
    }

    @Test
    void aPairThatDriftsAndHealsIsSeenWithoutReloading() {
        fleet.manyInSync(3);
        fleet.entry(GOLANG, PairState.idle(Drift.IN_SYNC));
        site.catalog.refresh();
        open();
        page.script("window.sameLoad = true");
        page.row(GOLANG).click();
        assertThat(page.locate("#headline")).containsText("All 4 entries are in sync");

        become(PairState.idle(Drift.STALE));
        assertThat(page.locate("tr.entry").first()).hasAttribute("data-source", GOLANG);
        assertThat(page.row(GOLANG).locator(".state")).hasText("Stale");
        assertThat(page.locate(".pairs-table .state")).hasText("Stale");
        assertThat(page.locate(".tile.Stale .count")).hasText("1");
        page.shoot("live-drifted");

        become(PairState.copying(Drift.STALE, "job mirror-1: copies"));
        assertThat(page.row(GOLANG).locator(".state")).hasText("Copying");
        assertThat(page.locate("#jobs .job")).hasCount(1);

        become(PairState.idle(Drift.IN_SYNC));
        assertThat(page.locate("#headline")).containsText("All 4 entries are in sync");
        assertThat(page.locate(".pairs-table .state")).hasText("InSync");
        assertThat(page.locate("#jobs")).containsText("No copies running.");
        assertThat(page.script("window.sameLoad")).isEqualTo(true);
        page.shoot("live-healed");
    }

    @Test
    void aRowThatIsAddedOrRemovedComesAndGoes() {
        site.catalog.refresh();
        open();
        assertThat(page.locate("#headline")).containsText("The mirror table is empty");
        fleet.entry(GOLANG, PairState.idle(Drift.MISSING));
        changed(GOLANG);
        assertThat(page.row(GOLANG)).isVisible();
        site.mirrors.removeRow(GOLANG);
        changed(GOLANG);
        assertThat(page.row(GOLANG).locator(".reason")).containsText("the row was deleted");
    }

    @Test
    void fiveThousandEntriesArePagedAndFound() {
        fleet.manyInSync(4989);
        fleet.everything();
        site.catalog.refresh();
        open();
        assertThat(page.locate(".tile.All .count")).hasText("5,000");
        assertThat(page.locate("#page")).hasText("1 of 50");
        assertThat(page.locate("tr.entry")).hasCount(100);
        assertThat(((Number) page.script("document.querySelectorAll('*').length")).intValue())
                .as("what is laid out does not grow with the table")
                .isLessThan(3000);
        page.press("n", "n");
        assertThat(page.locate("#page")).hasText("3 of 50");
        page.press("p");
        assertThat(page.locate("#page")).hasText("2 of 50");
        search("image-4321");
        assertThat(page.locate("tr.entry")).hasCount(1);
        page.shoot("five-thousand");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void isReadableAtFourHundredPixels(ColorScheme scheme) {
        busyDay();
        open(400, scheme);
        page.shoot("narrow-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        page.row(KAFKA).click();
        assertThat(page.locate(".beneath .why.blocked")).isVisible();
        assertThat(((Number) page.script("document.documentElement.scrollWidth")).intValue())
                .as("nothing has to be scrolled sideways")
                .isLessThanOrEqualTo(400);
        assertThat(page.script("[...document.querySelectorAll('.entry .source, .why, #headline, .tile')]"
                        + ".filter(e => e.getBoundingClientRect().right > 400 || e.scrollWidth > e.clientWidth + 1)"
                        + ".map(e => e.className + ' ' + e.textContent)"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .as("nothing is cut off")
                .isEmpty();
        page.row(KAFKA).scrollIntoViewIfNeeded();
        page.shoot("narrow-opened-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void everythingCanBeDoneByKeys() {
        busyDay();
        open();
        page.press("/");
        assertThat(page.locate("#search")).isFocused();
        page.page().keyboard().type("docker.io/library/image-000");
        assertThat(page.locate("tr.entry")).hasCount(10);
        page.press("Enter");
        assertThat(page.locate("tr.entry").first()).isFocused();
        page.press("j", "ArrowDown", "k");
        Locator second = page.row("docker.io/library/image-0001:1.1");
        assertThat(second).isFocused();
        assertThat(page.script("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        page.press("Enter");
        assertThat(second).hasAttribute("aria-expanded", "true");
        assertThat(page.locate(".beneath .pairs-table")).isVisible();
        assertThat(second).isFocused();
        page.press("Escape");
        assertThat(second).hasAttribute("aria-expanded", "false");
        page.press("Escape");
        assertThat(page.locate("tr.entry")).hasCount(31);
        page.press("End");
        assertThat(page.locate("tr.entry").last()).isFocused();
    }

    @Test
    void focusStaysOnItsRowWhenSomethingElseChanges() {
        busyDay();
        open();
        page.row(KAFKA).focus();
        become(PairState.idle(Drift.STALE));
        assertThat(page.row(GOLANG).locator(".state")).hasText("Stale");
        assertThat(page.row(KAFKA)).isFocused();
    }

    @Test
    void aFieldOfAPairThatHasNoPlaceIsShownByItsName() {
        open();

        Object text = page.script("import('./details.js').then(({ details }) => details({ source: 'a/b', problems: [],"
                + " pairs: [{ state: 'InSync', destination: 'c.io/d:1', sourceReference: 'a/b:1', attempts: 7,"
                + " mediaType: 'odd' }] }, new Set()).textContent)");

        assertThat(text).asString().contains("mediaType odd").doesNotContain("attempts");
    }

    private void busyDay() {
        fleet.everything();
        fleet.manyInSync(20);
        for (int i = 0; i < 20; i++) {
            String image = String.format("library/image-%04d:1.%d", i, i % 17);
            fleet.history(
                    "docker.io/" + image,
                    ECR + image,
                    fleet.copy(
                            i == 7 ? "failed: Timeout" : "copied",
                            100_000_000L - i * 4_000_000L,
                            Duration.ofSeconds(5 + i * 7 % 40),
                            Duration.ofMinutes(1 + i * i)));
        }
        site.registries.add(new RegistryHealth(ECR.replace("/", ""), 0, 12_412, 0, null, -1));
        site.registries.add(new RegistryHealth(
                "docker.io", 0, 48_122, 12, site.clock.instant().plusSeconds(90), 12));
        fleet.runningJob(61_000_000, 148_000_000).ifPresent(this::runs);
        site.catalog.refresh();
    }

    private void runs(JobProgress progress) {
        site.jobs.put(progress.job().id(), progress.job());
        site.progress.add(progress);
    }

    private void become(PairState state) {
        fleet.entry(GOLANG, state);
        changed(GOLANG);
    }

    private void changed(String source) {
        site.catalog.changed(new EntryKey(source));
        site.catalog.refresh();
    }

    private void search(String text) {
        page.locate("#search").fill(text);
    }

    private void open() {
        open(1440, ColorScheme.LIGHT);
    }

    private void open(int width, ColorScheme scheme) {
        page = DashboardPage.open(browser.browser(), site.url(), width, scheme);
    }
}
