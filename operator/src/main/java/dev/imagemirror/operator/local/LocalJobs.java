package dev.imagemirror.operator.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Known jobs: all that are queued or running, and the last ended ones. Thread-safe. */
final class LocalJobs {
    private final int endedKept;
    private final Map<String, LocalJob> jobs = new LinkedHashMap<>();
    private final Deque<String> ended = new ArrayDeque<>();

    LocalJobs(int endedKept) {
        this.endedKept = endedKept;
    }

    synchronized void add(LocalJob job) {
        jobs.put(job.id(), job);
    }

    /** Records the end of a job; it is evicted once enough others have ended. */
    synchronized void ended(LocalJob job) {
        ended.add(job.id());
        while (ended.size() > endedKept) {
            jobs.remove(ended.remove());
        }
    }

    /** The job, if known. */
    synchronized @Nullable LocalJob get(String id) {
        return jobs.get(id);
    }

    /** All jobs, oldest first. */
    synchronized List<LocalJob> all() {
        return new ArrayList<>(jobs.values());
    }
}
