package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.claim.Admission;
import dev.imagemirror.operator.claim.JobPoller;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a list of both tables makes of what stands in them, and of what it knew before. */
class MirrorInformerTest {
    private static final String OTHER = "quay.io/team/app:1";
    private static final String OTHER_DESTINATION = "a.example.com/app:1";

    private final Scene scene = new Scene();
    private final Scene.Operator operator = scene.operator("informed", new Admission.Limits(1, 1));
    private final List<String> enqueued = new ArrayList<>();
    private final MirrorInformer informer = new MirrorInformer(
            new Ports(scene.mirrors, scene.statuses, scene.registries, scene.queue, RepositoryCreator.NONE),
            operator.index,
            operator.live,
            operator.hints,
            key -> enqueued.add(key.text()),
            Runnable::run);

    @BeforeEach
    void twoRows() {
        scene.mirrors.row(SOURCE, DESTINATION).row(OTHER, OTHER_DESTINATION);
        scene.source(SOURCE, "v1");
        scene.source(OTHER, "v1");
    }

    @Test
    void theFirstListEnqueuesEveryRowAndForgetsNoFailure() {
        informer.list();

        assertThat(listed()).containsExactlyInAnyOrder(SOURCE, OTHER);
        assertThat(isNudged(SOURCE)).isFalse();
    }

    @Test
    void catalogIsNotifiedOfEverythingListed() {
        scene.operator.pass(SOURCE);
        EntryCatalog catalog = new EntryCatalog(scene.mirrors, scene.statuses, System::nanoTime);
        informer.alsoTell(catalog::listing);

        scene.mirrors.failures().failRead(1);
        assertThatThrownBy(informer::list).isInstanceOf(PortException.class);
        assertThat(catalog.isListed()).isFalse();
        informer.list();

        assertThat(catalog.isListed()).isTrue();
        assertThat(catalog.entries()).hasSize(2);
        assertThat(catalog.entry(new EntryKey(SOURCE)).row()).isNotNull();
        assertThat(catalog.entry(new EntryKey(SOURCE)).status().observedAt()).isNotNull();
        assertThat(catalog.entry(new EntryKey(SOURCE)).pairs()).hasSize(1);
    }

    @Test
    void anotherListEnqueuesNothingIfNothingChanged() {
        scene.operator.pass(SOURCE); // its pair and summary are no orphans
        informer.list();
        listed();

        informer.list();

        assertThat(listed()).isEmpty();
    }

    @Test
    void aRowThatWasPutWhileNoEventCameIsEnqueued() {
        informer.list();
        listed();
        scene.mirrors.row("quay.io/team/new:1", "a.example.com/new:1");

        informer.list();

        assertThat(listed()).containsExactly("quay.io/team/new:1");
        assertThat(operator.index.contains(new EntryKey("quay.io/team/new:1"))).isTrue();
    }

    @Test
    void aRowThatWasEditedWhileNoEventCameIsTriedAnew() {
        informer.list();
        listed();
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Interval", "1h"));

        informer.list();

        assertThat(listed()).containsExactly(SOURCE);
        assertThat(isNudged(SOURCE)).isTrue();
        assertThat(isNudged(OTHER)).isFalse();
    }

    @Test
    void unreadableItemWithoutARowIsEnqueuedAndReported() {
        EntryKey gone = new EntryKey("quay.io/team/gone:1");
        EntryCatalog catalog = new EntryCatalog(scene.mirrors, scene.statuses, System::nanoTime);
        informer.alsoTell(catalog::listing);
        scene.statuses.spoil(new UnreadableItem(gone, "a.example.com/golang:a/b", "odd", true));
        scene.statuses.spoil(new UnreadableItem(new EntryKey(SOURCE), "a.example.com/golang:a/b", "odd", true));

        informer.list();

        assertThat(listed()).containsExactlyInAnyOrder(SOURCE, OTHER, gone.text());
        assertThat(catalog.entry(gone).word()).isEqualTo("Unknown");

        operator.pass(gone.text());
        catalog.changed(gone);
        catalog.refresh();

        assertThat(scene.statuses.unreadable())
                .extracting(UnreadableItem::entry)
                .containsExactly(new EntryKey(SOURCE));
        assertThat(catalog.entry(gone)).isNull();
    }

    @Test
    void anInvalidRowIsEnqueuedToo() {
        scene.mirrors.row(OTHER, Map.of("Destination", 5));

        informer.list();

        assertThat(listed()).contains(OTHER);
    }

    @Test
    void aRowThatWentWhileNoEventCameIsEnqueuedAndForgotten() {
        informer.list();
        listed();
        scene.mirrors.removeRow(SOURCE);

        informer.list();

        assertThat(listed()).containsExactly(SOURCE);
        assertThat(operator.index.keys()).containsExactly(new EntryKey(OTHER));
        informer.list();
        assertThat(listed()).isEmpty();
    }

    @Test
    void aPairWhoseRowIsGoneIsEnqueued() {
        scene.statuses.set(TestingValues.fresh("gone.io/a:1", "a.example.com/a:1"));

        informer.list();

        assertThat(listed()).containsExactlyInAnyOrder(SOURCE, OTHER, "gone.io/a:1");
    }

    @Test
    void aSummaryWhoseRowIsGoneIsEnqueued() {
        scene.statuses.write(EntryStatus.fresh(new EntryKey("gone.io/a:1")));

        informer.list();

        assertThat(listed()).containsExactlyInAnyOrder(SOURCE, OTHER, "gone.io/a:1");
    }

    @Test
    void passRemovesLeftoversOfADeletedRow() {
        scene.operator.pass(SOURCE);
        scene.mirrors.removeRow(SOURCE);
        informer.list();
        assertThat(listed()).contains(SOURCE);

        operator.pass(SOURCE);
        operator.pass(SOURCE);

        assertThat(scene.runningJobs()).isEmpty();
        assertThat(scene.statuses.pairs()).isEmpty();
    }

    @Test
    void claimsOfTheStatusTableCountForAdmission() {
        scene.operator.pass(OTHER);
        informer.list();

        operator.pass(SOURCE);

        assertThat(scene.pair().state().reason()).isEqualTo(Reason.ADMISSION);
        assertThat(scene.pair().state().message()).contains("limit of 1 jobs");
    }

    @Test
    void theEndOfAJobThatAnotherProcessSubmittedIsNoticed() {
        scene.operator.pass(OTHER);
        informer.list();
        listed();
        scene.complete(scene.onlyJob());

        new JobPoller(scene.queue, operator.live, key -> enqueued.add(key.text())).poll();

        assertThat(listed()).containsExactly(OTHER);
    }

    @Test
    void pairsWithoutAClaimCountForNothing() {
        PairStatus idle = TestingValues.fresh(OTHER, OTHER_DESTINATION);
        scene.statuses.set(idle);

        informer.list();

        assertThat(operator.live.count()).isZero();
    }

    @Test
    void aChangeIsTriedAnew() {
        informer.changed(new EntryKey(SOURCE));

        assertThat(listed()).containsExactly(SOURCE);
        assertThat(isNudged(SOURCE)).isTrue();
    }

    @Test
    void aTableThatCannotBeReadIsAnErrorAndNoRowCountsAsGone() {
        informer.list();
        listed();
        scene.mirrors.failures().failRead(1);

        assertThatThrownBy(informer::list).isInstanceOf(PortException.class);

        assertThat(listed()).isEmpty();
        assertThat(operator.index.keys()).hasSize(2);
    }

    private List<String> listed() {
        List<String> keys = List.copyOf(enqueued);
        enqueued.clear();
        return keys;
    }

    private boolean isNudged(String key) {
        return operator.hints.take(new EntryKey(key)) == ReconcileHints.Hint.TRY;
    }
}
