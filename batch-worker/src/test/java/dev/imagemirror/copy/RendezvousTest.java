package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is waited for before a shared read begins. */
@Timeout(60)
class RendezvousTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Digest BLOB = Digest.sha256(new byte[] {1});
    private static final Digest OTHER = Digest.sha256(new byte[] {2});

    private Rendezvous rendezvous = new Rendezvous(LONG, LONG, System::nanoTime);

    /** A read of the blob that is about to begin, on a thread of its own. */
    private final class Reader {
        private final FutureTask<Void> task = new FutureTask<>(() -> {
            rendezvous.await(BLOB);
            return null;
        });
        private final Thread thread = new Thread(task, "reader");

        Reader() {
            thread.setDaemon(true);
            thread.start();
        }

        Reader assertWaits() {
            Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            return this;
        }

        void assertBegins() throws Exception {
            task.get(30, TimeUnit.SECONDS);
        }
    }

    private void enter(String... destinations) {
        for (String destination : destinations) {
            rendezvous.enter(destination);
        }
    }

    @Test
    void waitsForNobodyWhenNobodyTakesPart() throws Exception {
        new Reader().assertBegins();
    }

    @Test
    void waitsUntilEverybodyHasDecided() throws Exception {
        enter("a", "b");
        rendezvous.planned("a", List.of(BLOB, OTHER));
        rendezvous.planned("b", List.of(BLOB));

        Reader reader = new Reader().assertWaits();
        rendezvous.decided("a", BLOB);
        reader.assertWaits();
        rendezvous.decided("b", OTHER);
        reader.assertWaits();
        rendezvous.decided("b", BLOB);

        reader.assertBegins();
    }

    @Test
    void waitsForOneThatIsStillPlanning() throws Exception {
        enter("a");

        Reader reader = new Reader().assertWaits();
        rendezvous.decided("a", BLOB); // no decision before the plan
        reader.assertWaits();
        rendezvous.planned("a", List.of(OTHER));

        reader.assertBegins();
    }

    @Test
    void waitsForWhatALaterPlanAdds() throws Exception {
        enter("a");
        rendezvous.planned("a", List.of(OTHER));
        rendezvous.planned("a", List.of(BLOB));

        Reader reader = new Reader().assertWaits();
        rendezvous.decided("a", BLOB);

        reader.assertBegins();
    }

    @Test
    void doesNotWaitForThoseWhoLeft() throws Exception {
        enter("planning", "undecided");
        rendezvous.planned("undecided", List.of(BLOB));

        Reader reader = new Reader().assertWaits();
        rendezvous.leave("planning");
        reader.assertWaits();
        rendezvous.leave("undecided");

        reader.assertBegins();
        rendezvous.planned("planning", List.of(BLOB));
        rendezvous.undecided("undecided", BLOB);
        new Reader().assertBegins();
    }

    @Test
    void waitsAgainForOneWhoseReadFailed() throws Exception {
        enter("a");
        rendezvous.planned("a", List.of(BLOB));
        rendezvous.decided("a", BLOB);
        new Reader().assertBegins();

        rendezvous.undecided("a", BLOB);
        Reader reader = new Reader().assertWaits();
        rendezvous.decided("a", BLOB);

        reader.assertBegins();
    }

    @Test
    void doesNotWaitTwiceForOneThatWasWaitedForInVain() throws Exception {
        rendezvous = new Rendezvous(Duration.ofMillis(1), LONG, System::nanoTime);
        enter("a");

        new Reader().assertBegins();

        rendezvous.planned("a", List.of(BLOB));
        rendezvous.transferring("a", 1); // if it still counted, it would be waited for long
        new Reader().assertBegins();
    }

    @Test
    void waitsLongerForOneThatTransfersOtherBlobs() throws Exception {
        rendezvous = new Rendezvous(Duration.ofMillis(1), LONG, System::nanoTime);
        enter("a");
        rendezvous.planned("a", List.of(BLOB));
        rendezvous.transferring("a", 1);
        rendezvous.transferring("a", 1);
        rendezvous.transferring("a", -1);

        Reader reader = new Reader().assertWaits();
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> !reader.task.isDone());
        rendezvous.decided("a", BLOB);

        reader.assertBegins();
        rendezvous.transferring("a", -1);
        rendezvous.undecided("a", BLOB);
        new Reader().assertBegins();
    }

    @Test
    void givesUpOnTheIdleOneAndStillWaitsForTheBusyOne() throws Exception {
        rendezvous = new Rendezvous(Duration.ofMillis(1), LONG, System::nanoTime);
        enter("idle", "busy");
        rendezvous.transferring("busy", 1);

        Reader reader = new Reader();
        Awaitility.await().during(Duration.ofMillis(100)).until(() -> !reader.task.isDone());
        rendezvous.planned("busy", List.of());

        reader.assertBegins();
    }

    @Test
    void canBeInterrupted() {
        enter("a");
        Reader reader = new Reader().assertWaits();

        reader.thread.interrupt();

        assertThat(reader.task)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(InterruptedException.class);
    }
}
