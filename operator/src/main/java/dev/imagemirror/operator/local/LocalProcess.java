package dev.imagemirror.operator.local;

import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine, as the ids of its jobs name it.
 *
 * @param pid its number, which another process may have later
 * @param startedAt when it was started, in milliseconds since 1970; 0 where the machine does not say
 */
record LocalProcess(long pid, long startedAt) {
    /** The one that runs this. */
    static LocalProcess current() {
        return of(ProcessHandle.current());
    }

    static LocalProcess of(ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new LocalProcess(process.pid(), start);
    }

    /** Of a job's id; empty if that names none. */
    static Optional<LocalProcess> ofJob(String jobId) {
        String[] parts = jobId.split("-", -1);
        try {
            return parts.length < 4
                    ? Optional.empty()
                    : Optional.of(new LocalProcess(
                            Long.parseLong(parts[parts.length - 3]), Long.parseLong(parts[parts.length - 2])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Ids end in the process and its count. */
    String jobId(String jobName, int number) {
        return jobName + "-" + this + "-" + number;
    }

    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(LocalProcess::of)
                .filter(this::equals)
                .isPresent();
    }

    @Override
    public String toString() {
        return pid + "-" + startedAt;
    }
}
