package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One world and all that can go wrong in it, in an order that a seed decides: processes are killed, stalled, started and
 * run once; tables and queue fail before and after their effect; jobs land late, fail and are forgotten; lists lag;
 * registries do not answer; sources, rows, destinations and the queue change; events tell of that, late, in vain or not at
 * all. Then it is left in peace and has to become equal.
 */
final class ChaosRun {
    private static final List<String> SOURCES = List.of(
            "docker.io/library/a:1", "docker.io/library/b:1", "quay.io/c/c:1#team/one", "quay.io/c/c:1#team/two");
    private static final List<String> DESTINATIONS =
            List.of("x.example.com/p:1", "x.example.com/q:1", "y.example.com/p:1", "y.example.com/q:1");
    private static final List<String> REGISTRIES =
            List.of("registry-1.docker.io", "docker.io", "quay.io", "x.example.com", "y.example.com");
    private static final int MAX_PROCESSES = 3;

    /** What happened. */
    record Result(long seed, int kills, int jobs, int lateDuplicates, int orphans) {}

    private final World world = new World();
    private final Random random;
    private final Duration skew;
    private int kills;
    private int contents;
    private boolean troubled = true;

    private ChaosRun(long seed) {
        this.random = new Random(seed);
        this.skew = Duration.ofMinutes(List.of(0, 5, -5).get(random.nextInt(3)));
        world.queue.landings(this::landing);
        world.queue.fates(this::fate);
    }

    /**
     * Runs until so many processes were killed, and then until all is equal.
     *
     * @throws AssertionError with the seed and what happened last, if something did not hold
     */
    static Result run(long seed, int kills) {
        ChaosRun run = new ChaosRun(seed);
        try {
            run.run(kills);
        } catch (AssertionError e) {
            List<String> log = run.world.log();
            String last = String.join("\n", log.subList(Math.max(0, log.size() - 400), log.size()));
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + last, e);
        }
        WorldChecks checks = run.world.checks();
        return new Result(seed, run.kills, run.world.queue.submitted(), checks.lateDuplicates(), checks.orphans());
    }

    private void run(int wanted) {
        SOURCES.forEach(source -> push(image(source)));
        SOURCES.forEach(this::edit);
        while (kills < wanted) {
            startWhatLacks();
            happen(random.nextInt(1000));
            startWhatLacks();
            work();
        }
        calm();
        world.settle(Duration.ofHours(14));
    }

    private void startWhatLacks() {
        List.copyOf(world.processes).stream().filter(WorldProcess::isDone).forEach(world::kill);
        if (world.processes.isEmpty() || (world.processes.size() < MAX_PROCESSES && chance(20))) {
            Duration ahead = chance(500) ? skew : Duration.ZERO;
            world.start(new WorldProcess.Kind(ahead, chance(200), this::fault));
        }
    }

    private void work() {
        boolean worked = world.step(pick(world.processes));
        if (chance(30)) {
            world.advance(Duration.ofSeconds(random.nextInt(40)));
        } else if (worked) {
            world.advance(Duration.ofMillis(random.nextInt(300)));
        } else {
            Duration due = world.untilDue();
            world.advance(due);
        }
    }

    private void happen(int what) {
        if (what < 12) {
            kill(pick(world.processes));
        } else if (what < 17) {
            WorldProcess stalled = pick(world.processes);
            world.note("pause " + stalled);
            stalled.pause(Duration.ofSeconds(random.nextInt(300)));
        } else if (what < 22) {
            edit(pick(SOURCES));
        } else if (what < 25) {
            world.removeRow(pick(SOURCES), chance(700));
        } else if (what < 30) {
            push(image(pick(SOURCES)));
        } else if (what < 32) {
            push(pick(DESTINATIONS));
        } else if (what < 37) {
            registry(pick(REGISTRIES));
        } else if (what < 39) {
            world.queue.use("queue-" + random.nextInt(3));
        } else {
            heard(what);
        }
    }

    private void heard(int what) {
        if (what < 42) {
            String destination = pick(DESTINATIONS);
            world.delete(destination);
            perhapsHeard(destination, true);
        } else if (what < 50) {
            world.imageEvent(chance(500) ? pick(DESTINATIONS) : image(pick(SOURCES)), chance(300));
        } else if (what < 60 && !world.queue.jobs().isEmpty()) {
            world.jobEvent(pick(world.queue.jobs()));
        }
    }

    private void kill(WorldProcess process) {
        WorldQueue.Sent sending = process.sending();
        world.kill(process);
        kills++;
        if (sending != null && chance(500)) {
            world.note("sent by the killed: " + sending.name());
            world.queue.sent(sending, chance(500) ? 0 : lateBy());
        }
    }

    private void push(String reference) {
        world.push(reference, "content " + ++contents);
        perhapsHeard(reference, false);
    }

    private void perhapsHeard(String reference, boolean removed) {
        if (chance(600)) {
            world.imageEvent(reference, removed);
        }
    }

    private static String image(String source) {
        return source.replaceFirst("#.*", "");
    }

    private void edit(String source) {
        StringBuilder destinations = new StringBuilder(pick(DESTINATIONS));
        for (String destination : DESTINATIONS) {
            if (chance(300) && destinations.indexOf(destination) < 0) {
                destinations.append(',').append(destination);
            }
        }
        world.row(source, Map.of(MirrorRow.DESTINATION, destinations.toString(), "Suspend", chance(100)), chance(700));
    }

    private void registry(String registry) {
        world.registries.fault(
                registry,
                switch (random.nextInt(9)) {
                    case 0 -> new Resolution.Unavailable("503", false, null);
                    case 1 -> new Resolution.Unavailable("429", true, Duration.ofSeconds(random.nextInt(90)));
                    case 2 -> new Resolution.Denied("401");
                    default -> null;
                });
    }

    /** From now on nothing goes wrong, and no two rows want the same. */
    private void calm() {
        troubled = false;
        REGISTRIES.forEach(registry -> world.registries.fault(registry, null));
        for (int i = 0; i < SOURCES.size(); i++) {
            world.row(SOURCES.get(i), Map.of(MirrorRow.DESTINATION, DESTINATIONS.get(i)), true);
        }
        if (world.processes.isEmpty() || chance(500)) {
            world.start(WorldProcess.Kind.USUAL);
        }
    }

    private WorldQueue.Landing landing() {
        int what = troubled ? random.nextInt(100) : 99;
        WorldQueue.Answer answer = what < 3
                ? WorldQueue.Answer.REFUSED
                : what < 8
                        ? WorldQueue.Answer.LANDS_UNANSWERED
                        : what < 20
                                ? WorldQueue.Answer.LANDS_LATE
                                : what < 24 ? WorldQueue.Answer.NEVER_LANDS : WorldQueue.Answer.ACCEPTED;
        return new WorldQueue.Landing(answer, answer == WorldQueue.Answer.LANDS_LATE ? lateBy() : 0);
    }

    private WorldJob.Fate fate() {
        int what = troubled ? random.nextInt(100) : 99;
        WorldJob.End end = what < 10
                ? WorldJob.End.FAILS
                : what < 13
                        ? WorldJob.End.IS_FORGOTTEN
                        : what < 18 ? WorldJob.End.COPIES_AND_LOSES_ITS_REPORT : WorldJob.End.COPIES;
        int lag = chance(500) ? 0 : random.nextInt(WorldQueue.MAX_LAG_SECONDS);
        return new WorldJob.Fate(lag, random.nextInt(60), 1 + random.nextInt(chance(200) ? 600 : 60), end);
    }

    private int lateBy() {
        return chance(300) ? random.nextInt(60) : random.nextInt(WorldQueue.MAX_LATE_SECONDS);
    }

    private SteppedPorts.Fault fault() {
        int what = troubled ? random.nextInt(200) : 199;
        return what == 0 ? SteppedPorts.Fault.BEFORE : what == 1 ? SteppedPorts.Fault.AFTER : SteppedPorts.Fault.NONE;
    }

    private boolean chance(int ofThousand) {
        return random.nextInt(1000) < ofThousand;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
