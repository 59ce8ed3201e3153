package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A world's ports for one process: each call pauses the process before and after it, and may fail on either side. The
 * decorators implement the ports themselves, so that a new call does not compile until it is stepped.
 */
final class SteppedPorts {
    /** What the pause before {@link CopyJobQueue#submit} is called. */
    static final String BEFORE_SUBMIT = "before submit";

    /** Where a call fails. */
    enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    private final Supplier<Fault> faults;
    private WorldQueue.Sent sending;

    SteppedPorts(Supplier<Fault> faults) {
        this.faults = faults;
    }

    /** What would be submitted by the work that is paused {@link #BEFORE_SUBMIT}. */
    WorldQueue.Sent sending() {
        return sending;
    }

    Ports of(Ports world) {
        return new Ports(
                new SteppedMirrorTable(world.mirrors(), this),
                new SteppedStatusTable(world.statuses(), this),
                new SteppedDigestResolver(world.registries(), this),
                new SteppedCopyJobQueue(world.jobs(), this),
                world.repositories());
    }

    /** Pauses before and after the call; an injected fault replaces the call or its result. */
    <T> T call(String name, Supplier<T> call) {
        return call(name, faults, call);
    }

    /** The same for a call that returns nothing. */
    void run(String name, Runnable call) {
        call(name, () -> {
            call.run();
            return null;
        });
    }

    /** The same for a call that says by its result how it failed. */
    <T> T neverFailing(String name, Supplier<T> call) {
        return call(name, () -> Fault.NONE, call);
    }

    /** The same for a submission, which is noted first. */
    CopyJobQueue.Submission submit(String jobName, CopyJobSpec job, Supplier<CopyJobQueue.Submission> call) {
        sending = new WorldQueue.Sent(jobName, job, String.valueOf(SteppedWork.current()));
        return neverFailing("submit", call);
    }

    private static <T> T call(String name, Supplier<Fault> faults, Supplier<T> call) {
        SteppedWork.pause("before " + name);
        Fault fault = faults.get();
        if (fault == Fault.BEFORE) {
            throw new PortException("injected fault", new IOException("before " + name));
        }
        T result = call.get();
        SteppedWork.pause("after " + name);
        if (fault == Fault.AFTER) {
            throw new PortException("injected fault", new IOException("after " + name));
        }
        return result;
    }
}
