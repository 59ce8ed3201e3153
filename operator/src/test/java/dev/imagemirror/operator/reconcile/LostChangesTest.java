package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The change feed says that it may have missed something: the tables are listed, once for many such words. */
class LostChangesTest {
    private final Scene scene = new Scene();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<EntryKey> enqueued = new ArrayList<>();
    private Runnable whileListing = () -> {};
    private final MirrorInformer informer = new MirrorInformer(
            new Ports(scene.mirrors, scene.statuses, scene.registries, scene.queue, RepositoryCreator.NONE),
            scene.operator.index,
            scene.operator.live,
            scene.operator.hints,
            this::enqueue,
            tasks::add);

    @BeforeEach
    void aRow() {
        scene.mirrors.row(SOURCE, DESTINATION);
    }

    @Test
    void theFeedIsNotHeldUp() {
        informer.lost();

        assertThat(scene.mirrors.scans()).isZero();
        runTasks();
        assertThat(enqueued).containsExactly(new EntryKey(SOURCE));
    }

    @Test
    void lossesBeforeAListShareOneList() {
        informer.lost();
        informer.lost();
        informer.lost();

        runTasks();

        assertThat(scene.mirrors.scans()).isEqualTo(1);
    }

    @Test
    void lossAfterAListTriggersAnotherList() {
        informer.lost();
        runTasks();

        informer.lost();
        runTasks();

        assertThat(scene.mirrors.scans()).isEqualTo(2);
    }

    @Test
    void lossDuringAListTriggersAnotherList() {
        whileListing = informer::lost;
        informer.lost();
        runTasks();

        assertThat(scene.mirrors.scans()).isEqualTo(2);
    }

    @Test
    void aListThatFailsEndsNothingAndTheNextLossListsAgain() {
        scene.mirrors.failures().failRead(1);
        informer.lost();
        assertThatCode(this::runTasks).doesNotThrowAnyException();
        assertThat(enqueued).isEmpty();

        informer.lost();
        runTasks();

        assertThat(enqueued).containsExactly(new EntryKey(SOURCE));
    }

    private void enqueue(EntryKey key) {
        enqueued.add(key);
        Runnable once = whileListing;
        whileListing = () -> {};
        once.run();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
