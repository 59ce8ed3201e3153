package dev.imagemirror.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * AWS Batch, and the jobs' logs, as the operator asks for them, over HTTP on loopback. What a job does is the test's own: it runs on a thread of the
 * job's, and the job has succeeded when it returns. Thread-safe.
 */
public final class TestingBatchServer implements AutoCloseable {
    /** What a throttled call is answered, see "Common errors" in the API reference. */
    private static final Interceptor THROTTLED = Faults.status(
            429,
            Headers.none().with("x-amzn-errortype", "TooManyRequestsException"),
            "{\"message\":\"Too Many Requests\"}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FaultList faults = new FaultList();
    private final Map<String, TestingBatchJob> jobs = new ConcurrentHashMap<>();
    private final List<TestingBatchJob> inOrder = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ExecutorService workers = Executors.newCachedThreadPool(TestingBatchServer::thread);
    private final Consumer<TestingBatchJob> worker;
    private final TestingHttpServer server;

    /** @param worker does a job's work */
    public TestingBatchServer(Consumer<TestingBatchJob> worker) {
        this.worker = worker;
        this.server = TestingHttpServer.start(null, faults, this::answer);
    }

    /** Scheme and authority. */
    public String url() {
        return server.url();
    }

    /** All jobs so far, in the order of their submission. */
    public List<TestingBatchJob> jobs() {
        return inOrder;
    }

    /** How many jobs have run at the same time at most. */
    public int most() {
        return most.get();
    }

    /** Has the first calls of an action, such as {@code submitjob}, throttled. */
    public void throttle(String action, int times) {
        faults.add(Fault.on("POST", "/v1/" + action).times(times).then(THROTTLED));
    }

    /** {@code SubmitJob} is never answered, and nothing comes of it. */
    public void stallSubmissions(Runnable asked) {
        faults.add(Fault.on("POST", "/v1/submitjob").always().then(Faults.run(asked)));
        faults.add(Fault.on("POST", "/v1/submitjob").always().then(Faults.stall()));
    }

    /** Submissions are accepted, and their senders do not hear of it. */
    public void loseAnswers() {
        faults.add(Fault.on("POST", "/v1/submitjob").always().then(Faults.resetAfterHandling()));
    }

    /** All is well again. */
    public void clearFaults() {
        faults.clear();
    }

    private Response answer(Request request) throws IOException {
        ObjectNode question;
        try (InputStream body = request.body()) {
            question = (ObjectNode) JSON.readTree(body);
        }
        ObjectNode answer = JSON.createObjectNode();
        switch (request.path()) {
            case "/v1/submitjob" -> submit(question, answer);
            case "/v1/describejobs" -> describe(question.path("jobs"), answer.putArray("jobs"));
            case "/v1/listjobs" -> list(question, answer.putArray("jobSummaryList"));
            case "/" -> lastLines(question, answer.putArray("events"));
            case "/v1/terminatejob" -> jobs.get(question.path("jobId").asText()).end("FAILED");
            default -> throw new IOException("not expected: " + request.path());
        }
        return Response.text(200, "application/json", answer.toString());
    }

    private void submit(JsonNode question, ObjectNode answer) {
        TestingBatchJob job = new TestingBatchJob("job-" + (jobs.size() + 1) + "-" + System.nanoTime(), question);
        jobs.put(job.id(), job);
        inOrder.add(job);
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        workers.execute(() -> run(job));
        answer.put("jobId", job.id()).put("jobName", job.name());
    }

    private void run(TestingBatchJob job) {
        worker.accept(job);
        running.decrementAndGet();
        job.end("SUCCEEDED");
    }

    private void describe(JsonNode ids, ArrayNode answer) {
        for (JsonNode id : ids) {
            TestingBatchJob job = jobs.get(id.asText());
            if (job != null) {
                job.describe(answer.addObject());
            }
        }
    }

    /** {@code GetLogEvents}, the only action of CloudWatch Logs that is asked for. */
    private void lastLines(JsonNode question, ArrayNode answer) {
        String stream = question.path("logStreamName").asText();
        inOrder.stream()
                .filter(job -> job.logStream().equals(stream))
                .forEach(job -> job.lastLines(question.path("limit").asInt(), answer));
    }

    private void list(JsonNode question, ArrayNode answer) {
        String name = question.at("/filters/0/values/0").asText();
        inOrder.stream().filter(job -> job.name().equals(name)).forEach(job -> job.describe(answer.addObject()));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "batch-job");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.close();
        workers.shutdownNow();
    }
}
