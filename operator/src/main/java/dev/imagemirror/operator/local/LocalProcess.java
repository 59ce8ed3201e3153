package dev.imagemirror.operator.local;

import java.time.Instant;
import java.util.Optional;

/**
 * A process on this machine, as encoded in its job ids.
 *
 * @param pid process id, which may be reused
 * @param startedAt start time in milliseconds since 1970; 0 where the machine does not report it
 */
record LocalProcess(long pid, long startedAt) {
    /** The current process. */
    static LocalProcess current() {
        return of(ProcessHandle.current());
    }

    static LocalProcess of(ProcessHandle process) {
        long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new LocalProcess(process.pid(), start);
    }

    /** The process of a job id, if it encodes one. */
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

    /** Job ids end in the process and its counter. */
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
