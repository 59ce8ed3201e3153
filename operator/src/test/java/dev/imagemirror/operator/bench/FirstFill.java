package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.testing.TestingBatchJob;
import dev.imagemirror.operator.testing.TestingBatchServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The first fill: rows of one registry whose destinations all lack the image, the operator with the limits that it has by
 * default, and a queue whose jobs take a moment.
 */
final class FirstFill implements AutoCloseable {
    static final int JOBS_AT_ONCE = 20;
    static final int REQUESTS_AT_ONCE = 16;

    /** 32 workers look at sources and ask to come in beside each other, and so do those whose turn it is. */
    static final int AT_ONCE = 32 + JOBS_AT_ONCE;

    private static final long JOB_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LIMIT_SECONDS = 1800;

    /**
     * What was seen.
     *
     * @param jobs that were submitted
     * @param mostJobs at the same time
     * @param mostRequests to the registry at the same time
     * @param displaced how many places a row was let in before or after its turn, at most
     * @param liveMib heap that a full collection left, after each fifth of the rows
     * @param peakMib resident memory
     */
    record Result(
            int jobs,
            int mostJobs,
            int mostRequests,
            int displaced,
            List<Double> liveMib,
            double peakMib,
            long millis) {}

    private final EqualRegistry registry;
    private final ScaleTables tables;
    private final TestingBatchServer batch = new TestingBatchServer(this::copy);

    FirstFill(EqualRegistry registry, ScaleTables tables) {
        this.registry = registry;
        this.tables = tables;
    }

    private void copy(TestingBatchJob job) {
        LockSupport.parkNanos(JOB_NANOS);
        job.destinations().forEach(destination -> registry.put(destination.repository()));
    }

    /** Fills tables of that name. */
    Result run(String name, int rows, Path log, Consumer<String> say) throws Exception {
        for (int i = 0; i < rows; i++) {
            registry.remove(i);
        }
        registry.forget();
        tables.rows(name, rows);
        Map<String, String> settings = new HashMap<>(tables.settings(name));
        settings.put("AWS_ENDPOINT_URL_BATCH", batch.url());
        settings.put("MIRROR_OPERATOR_JOBS_POLL", "500ms");
        try (BenchedOperator operator = BenchedOperator.start(log, settings)) {
            operator.awaitPort();
            List<Double> live = new ArrayList<>();
            for (int fifth = 1; fifth <= 5; fifth++) {
                int wanted = rows * fifth / 5;
                operator.until(
                        wanted + " jobs", LIMIT_SECONDS, () -> batch.jobs().size() >= wanted);
                live.add(operator.liveMib());
                say.accept(wanted + " of " + rows + " jobs after " + operator.millis() / 1000 + " s, heap in use "
                        + Row.format("%.1f MiB", live.get(live.size() - 1)));
            }
            operator.until("all in sync", LIMIT_SECONDS, () -> registry.isComplete() && operator.inSync() == rows);
            return new Result(
                    batch.jobs().size(),
                    batch.most(),
                    registry.most(),
                    displaced(),
                    live,
                    operator.peakMib(),
                    operator.millis());
        }
    }

    /** The rows ask for their first job in the order in which their sources are first looked at. */
    private int displaced() {
        Map<String, Integer> places = new HashMap<>();
        registry.asked().forEach(repository -> places.put(repository, places.size()));
        int most = 0;
        for (int i = 0; i < batch.jobs().size(); i++) {
            int place = places.get(batch.jobs().get(i).source().repository());
            most = Math.max(most, Math.abs(place - i));
        }
        return most;
    }

    @Override
    public void close() {
        batch.close();
    }
}
