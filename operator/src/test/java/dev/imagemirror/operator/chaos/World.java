package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Tables, registries, a queue, one true time, and the processes that work on them, at most one at any instant. */
final class World {
    /** So many steps are made in no world whose processes wait for anything. */
    private static final int MAX_STEPS = 100_000;

    final MutableClock clock = MutableClock.atSomeInstant();
    final TestingMirrorTable mirrors = new TestingMirrorTable();
    final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    final WorldRegistries registries = new WorldRegistries();
    final WorldQueue queue = new WorldQueue(clock, registries);
    final List<WorldProcess> processes = new ArrayList<>();
    private final Set<EntryKey> rows = new TreeSet<>();
    private final WorldChecks checks = new WorldChecks(this);
    private final List<String> log = new ArrayList<>();
    private int started;

    Instant now() {
        return clock.instant();
    }

    Ports ports() {
        return new Ports(mirrors, statuses, registries, queue, destination -> new RepositoryCreator.Exists());
    }

    /** Starts a process. */
    WorldProcess start(WorldProcess.Kind kind) {
        WorldProcess process = new WorldProcess(this, "process-" + ++started, kind);
        processes.add(process);
        note("start " + process + " " + kind);
        return process;
    }

    /** Ends a process where it is. */
    void kill(WorldProcess process) {
        note("kill " + process);
        process.kill();
        processes.remove(process);
    }

    /** One step of a process, and all checks. */
    boolean step(WorldProcess process) {
        String did = process.step();
        if (did != null) {
            note(process + ": " + did);
        }
        checks.check();
        return did != null;
    }

    void advance(Duration time) {
        clock.advance(time);
        queue.elapse();
        checks.check();
    }

    void row(String source, Map<String, ?> attributes, boolean heard) {
        note("row " + source + " " + attributes);
        mirrors.row(source, attributes);
        changed(source, heard);
        rows.add(new EntryKey(source));
    }

    void row(String source, String destinations) {
        row(source, Map.of(MirrorRow.DESTINATION, destinations), true);
    }

    void removeRow(String source, boolean heard) {
        note("remove " + source);
        mirrors.removeRow(source);
        changed(source, heard);
        rows.remove(new EntryKey(source));
    }

    private void changed(String source, boolean heard) {
        if (heard) {
            processes.forEach(process -> process.changed(new EntryKey(source)));
        }
    }

    /** The keys of all rows. */
    Set<EntryKey> rows() {
        return rows;
    }

    void push(String reference, String content) {
        note("push " + content + " to " + reference);
        registries.put(reference, digest(content));
    }

    /** The image is gone. */
    void delete(String reference) {
        note("delete " + reference);
        registries.remove(reference);
    }

    /** An event of a registry, which may come late, twice, for nothing, or not at all. */
    void imageEvent(String reference, boolean removed) {
        note("event: " + reference + (removed ? " removed" : " pushed"));
        ImageReference image = ImageReference.parse(reference);
        processes.forEach(process -> process.imageChanged(image, removed));
    }

    /** An event of the queue. */
    void jobEvent(WorldJob job) {
        note("event: " + job);
        processes.forEach(process -> process.jobChanged(job));
    }

    static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Lets all processes go on undisturbed until nothing is left to do, which has to be within the limit. */
    void settle(Duration limit) {
        run(limit, checks::isSettled);
        checks.checkSettled();
    }

    /** Lets all processes go on for so long, or until what is given holds. */
    void run(Duration limit, BooleanSupplier until) {
        Instant end = now().plus(limit);
        for (int steps = 0; now().isBefore(end) && !until.getAsBoolean(); steps++) {
            if (steps > MAX_STEPS) {
                throw new AssertionError("busy without end at " + now());
            }
            boolean worked = false;
            for (WorldProcess process : List.copyOf(processes)) {
                worked |= step(process);
            }
            if (!worked) {
                advance(untilDue());
            }
        }
    }

    /** Until a process has something to do; time does not jump over what the queue does. */
    Duration untilDue() {
        Duration wait = Duration.ofSeconds(30);
        for (WorldProcess process : processes) {
            Duration due = process.untilDue();
            wait = due.compareTo(wait) < 0 ? due : wait;
        }
        return wait.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofMillis(100) : wait;
    }

    WorldChecks checks() {
        return checks;
    }

    void note(String what) {
        log.add(now() + " " + what);
    }

    /** What happened, in order. */
    List<String> log() {
        return log;
    }
}
