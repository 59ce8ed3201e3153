package dev.imagemirror.operator.chaos;

import static dev.imagemirror.operator.chaos.CrashScenario.DESTINATIONS;
import static dev.imagemirror.operator.chaos.CrashScenario.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process stops before or after each single call of a port, and another one goes on. At every instant there is at most
 * one claim for a destination and no job that no claim names; in the end all is equal, and nothing is left over.
 */
class CrashMatrixTest {
    private static final Duration GRACE_AND_MORE = Duration.ofMinutes(5);

    private static final CrashScenario PLAIN = CrashScenario.of("a crash", CrashScenario::restart);

    static Stream<CrashScenario> crashes() {
        return Stream.of(
                PLAIN,
                PLAIN.withProcesses(2),
                PLAIN.withProcesses(3),
                PLAIN.withClock(Duration.ofMinutes(5)),
                PLAIN.withClock(Duration.ofMinutes(-5)).withProcesses(2),
                CrashScenario.of("the answer to SubmitJob is lost", CrashScenario::restart)
                        .with(world -> submissions(world, WorldQueue.Answer.LANDS_UNANSWERED, 0)),
                CrashScenario.of("SubmitJob is lost", CrashScenario::restart)
                        .with(world -> submissions(world, WorldQueue.Answer.NEVER_LANDS, 0)),
                CrashScenario.of("two processes recover at once", (world, victim) -> {
                    CrashScenario.restart(world, victim);
                    world.start(WorldProcess.Kind.USUAL);
                }),
                CrashScenario.of("a process stalls for minutes", (world, victim) -> victim.pause(GRACE_AND_MORE)),
                CrashScenario.of("a process stalls for minutes", (world, victim) -> victim.pause(GRACE_AND_MORE))
                        .withProcesses(2),
                CrashScenario.of("the queue is changed at the restart", (world, victim) -> {
                    world.queue.use("queue-2");
                    CrashScenario.restart(world, victim);
                }),
                CrashScenario.of("the source changes", (world, victim) -> {
                    world.push(SOURCE, "two");
                    CrashScenario.restart(world, victim);
                }),
                CrashScenario.of("the source changes, and nobody crashes", (world, victim) -> world.push(SOURCE, "two"))
                        .withProcesses(2),
                CrashScenario.of("the row is removed and added again", CrashMatrixTest::removeAndAdd),
                CrashScenario.of("a destination is removed and added again", CrashMatrixTest::changeAndChangeBack));
    }

    @ParameterizedTest
    @MethodSource
    void crashes(CrashScenario scenario) {
        assertThat(scenario.run().crashes()).isGreaterThan(30);
    }

    @Test
    void aSubmissionThatLandsAfterTheGraceIsEnded() {
        CrashScenario.Seen seen = CrashScenario.of("SubmitJob lands after the grace", CrashScenario::restart)
                .with(world -> submissions(world, WorldQueue.Answer.LANDS_LATE, 160))
                .run();

        assertThat(seen.lateDuplicates()).isPositive();
    }

    @Test
    void aSubmissionOfACrashedProcessThatLandsAfterItsClaimHasEndedIsEnded() {
        CrashScenario.Seen seen = CrashScenario.of("SubmitJob lands after its claim", (world, victim) -> {
                    WorldQueue.Sent sending = victim.sending();
                    CrashScenario.restart(world, victim);
                    if (sending != null) {
                        world.queue.sent(sending, WorldQueue.MAX_LATE_SECONDS);
                    }
                })
                .with(world -> {
                    Iterator<Integer> seconds = List.of(900).iterator(); // the first is the late one
                    world.queue.fates(() ->
                            new WorldJob.Fate(0, 10, seconds.hasNext() ? seconds.next() : 60, WorldJob.End.COPIES));
                })
                .run();

        assertThat(seen.orphans()).isPositive();
        assertThat(seen.unended()).isZero();
    }

    @Test
    void severalJobsOfOneNameBecomeOne() {
        CrashScenario.Seen seen = CrashScenario.of("several jobs of one name", (world, victim) -> {
                    WorldQueue.Sent sending = victim.sending();
                    CrashScenario.restart(world, victim);
                    if (sending != null) {
                        Stream.of(0, 0, 15)
                                .forEach(late -> world.queue.sent(
                                        new WorldQueue.Sent(sending.name(), sending.spec(), null), late));
                    }
                })
                .run();

        assertThat(seen.crashes()).isGreaterThan(30);
    }

    @Test
    void survivesACrashDuringTakeover() {
        AtomicInteger crashed = new AtomicInteger();
        int first = callBeforeSubmit();
        for (int call = 1; call <= 60; call++) {
            int second = call;
            CrashScenario scenario = CrashScenario.of("a crash while taking over", (world, victim) -> {
                assertThat(victim.sending()).isNotNull();
                world.kill(victim);
                WorldProcess next = world.start(WorldProcess.Kind.USUAL);
                world.run(Duration.ofHours(1), () -> next.steps() >= second);
                CrashScenario.restart(world, next);
                crashed.incrementAndGet();
            });
            assertThat(scenario.runAt(first)).isNotNull();
        }
        assertThat(crashed).hasValue(60);
    }

    /** How many steps a process makes until it submits its first job. */
    private static int callBeforeSubmit() {
        AtomicReference<WorldQueue.Sent> sending = new AtomicReference<>();
        CrashScenario search = CrashScenario.of("no crash", (world, victim) -> sending.set(victim.sending()));
        int call = 1;
        while (sending.get() == null) {
            assertThat(search.runAt(call++)).isNotNull();
        }
        return call - 1;
    }

    private static void removeAndAdd(World world, WorldProcess victim) {
        world.kill(victim);
        world.removeRow(SOURCE, true);
        WorldProcess next = world.start(WorldProcess.Kind.USUAL);
        world.run(Duration.ofMinutes(1), () -> next.steps() > 40);
        world.row(SOURCE, DESTINATIONS);
    }

    private static void changeAndChangeBack(World world, WorldProcess victim) {
        world.kill(victim);
        world.row(SOURCE, DESTINATIONS.replaceFirst(",.*", ""));
        WorldProcess next = world.start(WorldProcess.Kind.USUAL);
        world.run(Duration.ofMinutes(1), () -> next.steps() > 40);
        world.row(SOURCE, DESTINATIONS);
    }

    /** The first submission has this fate, the others are accepted. */
    private static void submissions(World world, WorldQueue.Answer answer, int lateBy) {
        Iterator<WorldQueue.Landing> first =
                List.of(new WorldQueue.Landing(answer, lateBy)).iterator();
        world.queue.landings(() -> first.hasNext() ? first.next() : WorldQueue.Landing.AT_ONCE);
    }
}
