package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One Batch job, its container played by the worker as a process. */
final class WorkerJob {
    private final JsonNode description;
    private final Map<String, String> roles;
    private final JobOutput output;
    private final Clock clock = Clock.systemUTC();
    private volatile JobState state = JobState.RUNNABLE;
    private volatile Process process;

    /** Holds workers back while it is closed. */
    static final class Gate {
        private final CountDownLatch latch = new CountDownLatch(1);

        static Gate opened() {
            Gate gate = new Gate();
            gate.open();
            return gate;
        }

        void open() {
            latch.countDown();
        }
    }

    /**
     * @param description of the job by Batch
     * @param roles variables of the environment that stand for what a job's roles and network are in AWS
     * @param output where its lines go
     */
    WorkerJob(JsonNode description, Map<String, String> roles, JobOutput output) {
        this.description = description;
        this.roles = roles;
        this.output = output;
    }

    String id() {
        return description.path("jobId").asText();
    }

    String name() {
        return description.path("jobName").asText();
    }

    /** The source parameter. */
    String source() {
        return description.path("parameters").path(CopyJobSpec.SOURCE).asText();
    }

    /** The destinations parameter. */
    String destinations() {
        return description.path("parameters").path(CopyJobSpec.DESTINATIONS).asText();
    }

    JobState state() {
        return state;
    }

    /** Starts the container; it is running while it waits for the gate. */
    void start(Gate gate) {
        output.open(group(), stream());
        state = state.running(clock.instant());
        Thread thread = new Thread(() -> run(gate), "worker-" + id());
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the container. */
    synchronized void terminate(String reason) {
        if (!state.isEnded()) {
            state = state.ended(137, reason, clock.instant());
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private void run(Gate gate) {
        try {
            gate.latch.await();
            Path lines = Files.createTempFile("worker", ".out");
            try {
                int exit = begin(lines) ? process.waitFor() : 137;
                output.write(group(), stream(), Files.readAllLines(lines));
                end(exit);
            } finally {
                Files.delete(lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean begin(Path lines) throws IOException {
        if (state.isEnded()) {
            return false;
        }
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(lines.toFile());
        builder.environment().putAll(roles);
        description
                .at("/container/environment")
                .forEach(variable -> builder.environment()
                        .put(
                                variable.path("name").asText(),
                                variable.path("value").asText()));
        builder.environment().put("MIRROR_LOOPBACK_REGISTRIES", "localhost,127.0.0.1"); // where the test's are
        process = builder.start();
        return true;
    }

    /** The container's command with its parameters, {@code mirror} being the packaged one. */
    private List<String> command() {
        List<String> words = new ArrayList<>();
        for (JsonNode word : description.at("/container/command")) {
            String text = word.asText();
            words.add(
                    text.startsWith("Ref::")
                            ? description
                                    .path("parameters")
                                    .path(text.substring(5))
                                    .asText()
                            : text);
        }
        if (!words.get(0).equals("mirror")) {
            throw new IllegalStateException("the job's command is " + words);
        }
        words.set(0, Peers.launcher());
        return words;
    }

    /** As the job's definition says. */
    private String group() {
        return description.path("logGroup").asText();
    }

    private String stream() {
        return description.at("/container/logStreamName").asText();
    }

    private synchronized void end(int exit) {
        if (!state.isEnded()) {
            state = state.ended(exit, "Essential container in task exited", clock.instant());
        }
    }
}
