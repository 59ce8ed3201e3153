package dev.imagemirror.operator.chaos;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What happens around a crash.
 *
 * @param name in words
 * @param processes how many work, in turn, from call to call
 * @param ahead by how much the clock of the first is, which crashes
 * @param prepare what is different from the start on
 * @param crash what happens when the first process is at a call; it is one of the world's
 */
record CrashScenario(
        String name, int processes, Duration ahead, Consumer<World> prepare, BiConsumer<World, WorldProcess> crash) {
    static final String SOURCE = "docker.io/library/a:1";
    static final String DESTINATIONS = "x.example.com/p:1,y.example.com/p:1";

    private static final Duration LIMIT = Duration.ofHours(3);

    /**
     * What was seen over all crashes.
     *
     * @param crashes calls before and after which the process was stopped, one world each
     * @param lateDuplicates jobs beside another one of the same claim
     * @param orphans jobs that landed after their claims had ended
     */
    record Seen(int crashes, int lateDuplicates, int orphans) {}

    static CrashScenario of(String name, BiConsumer<World, WorldProcess> crash) {
        return new CrashScenario(name, 1, Duration.ZERO, world -> {}, crash);
    }

    CrashScenario withProcesses(int count) {
        return new CrashScenario(name + ", " + count + " processes", count, ahead, prepare, crash);
    }

    CrashScenario withClock(Duration off) {
        return new CrashScenario(name + ", clock off by " + off, processes, off, prepare, crash);
    }

    CrashScenario with(Consumer<World> preparation) {
        return new CrashScenario(name, processes, ahead, preparation, crash);
    }

    /** The process is killed, and another one is started. */
    static void restart(World world, WorldProcess victim) {
        world.kill(victim);
        world.start(WorldProcess.Kind.USUAL);
    }

    /** Runs with a crash at the first call, at the second, and so on to the last. */
    Seen run() {
        int duplicates = 0;
        int orphans = 0;
        int crash = 1;
        for (World world = runAt(crash); world != null; world = runAt(++crash)) {
            duplicates += world.checks().lateDuplicates();
            orphans += world.checks().orphans();
        }
        return new Seen(crash - 1, duplicates, orphans);
    }

    /** Runs with a crash at that call; gives the world after all, or null if all was done before. */
    World runAt(int call) {
        World world = new World();
        try {
            if (!crashesAt(world, call)) {
                return null;
            }
            world.settle(LIMIT);
            return world;
        } catch (AssertionError e) {
            List<String> log = world.log();
            String last = String.join("\n", log.subList(Math.max(0, log.size() - 200), log.size()));
            throw new AssertionError(name + ", crash " + call + ": " + e.getMessage() + "\n" + last, e);
        }
    }

    /** False if all was done before. */
    private boolean crashesAt(World world, int call) {
        world.push(SOURCE, "one");
        world.row(SOURCE, DESTINATIONS);
        prepare.accept(world);
        WorldProcess victim = world.start(new WorldProcess.Kind(ahead, false, () -> SteppedPorts.Fault.NONE));
        for (int i = 1; i < processes; i++) {
            world.start(WorldProcess.Kind.USUAL);
        }
        world.run(LIMIT, () -> victim.steps() >= call || world.checks().isSettled());
        if (victim.steps() < call) {
            return false;
        }
        crash.accept(world, victim);
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
