package dev.imagemirror.operator.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs that are known: all that have not ended, and those that ended last. Thread-safe. */
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

    /** The job ended: it is forgotten once enough others have. */
    synchronized void ended(LocalJob job) {
        ended.add(job.id());
        while (ended.size() > endedKept) {
            jobs.remove(ended.remove());
        }
    }

    /** The job. */
    synchronized @Nullable LocalJob get(String id) {
        return jobs.get(id);
    }

    /** All, oldest first. */
    synchronized List<LocalJob> all() {
        return new ArrayList<>(jobs.values());
    }
}
