package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import dev.imagemirror.testing.http.TestingHttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Runs what moto only books. Without Docker, moto's Batch checks a submission (queue, definition, name), gives the job
 * an id and marks it SUCCEEDED at once. So Batch is reached through this server: it sends every request on to moto,
 * starts the real worker for each job that moto accepted, with the command, parameters and environment that moto
 * describes, and corrects state, times, exit code and log stream in moto's descriptions to those of the worker's
 * process. The worker's output goes to moto's CloudWatch Logs, as the awslogs driver would send it. Tokens of the public
 * gallery, which moto does not know, it gives itself.
 */
final class BatchRunner implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OWN_HEADERS = Set.of("host", "connection", "content-length", "expect");

    private static final String GALLERY_TOKEN = "SpencerFrontendService.GetAuthorizationToken";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, WorkerJob> jobs = new ConcurrentHashMap<>();
    private final CallLog calls = new CallLog();
    private final String moto;
    private final Function<JsonNode, WorkerJob> starter;
    private final TestingHttpServer server;
    private volatile WorkerJob.Gate gate = WorkerJob.Gate.opened();

    /** @param starter makes the job of a description, and does not start it */
    BatchRunner(String moto, Function<JsonNode, WorkerJob> starter) {
        this.moto = moto;
        this.starter = starter;
        this.server = TestingHttpServer.start(null, request -> List.of(), this::answer);
    }

    String url() {
        return server.url();
    }

    /** What passed, whatever the service. */
    CallLog calls() {
        return calls;
    }

    /** Workers of jobs that are submitted from now on do not begin before the gate is opened. */
    WorkerJob.Gate hold() {
        WorkerJob.Gate closed = new WorkerJob.Gate();
        gate = closed;
        return closed;
    }

    /** Workers begin at once again. */
    void holdNoMore() {
        gate = WorkerJob.Gate.opened();
    }

    /** Every job of this source so far, whatever its digest. */
    List<WorkerJob> jobsOf(String source) {
        return jobs.values().stream()
                .filter(job -> job.source().equals(source) || job.source().startsWith(source + "@"))
                .toList();
    }

    /** How often somebody looked at jobs. */
    int looks() {
        return server.requests("POST", "/v1/describejobs").size();
    }

    private Response answer(Request request) throws IOException {
        byte[] body = request.body().readAllBytes();
        calls.add(request, body);
        if (request.headers().first("X-Amz-Target").orElse("").equals(GALLERY_TOKEN)) {
            return Response.of(200)
                    .with("Content-Type", "application/x-amz-json-1.1")
                    .withBody(ResponseBody.of(EcrRegistry.galleryToken().getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<byte[]> answer = forward(request.method(), request.target(), headers(request), body);
        byte[] content = answer.body();
        if (answer.statusCode() == 200) {
            switch (request.path()) {
                case "/v1/submitjob" ->
                    start(JSON.readTree(content).path("jobId").asText(), headers(request));
                case "/v1/terminatejob" -> terminate(JSON.readTree(body));
                case "/v1/describejobs" -> content = corrected(content, "jobs");
                case "/v1/listjobs" -> content = corrected(content, "jobSummaryList");
                default -> {}
            }
        }
        Response response = Response.of(answer.statusCode()).withBody(ResponseBody.of(content));
        for (String name : List.of("Content-Type", "x-amzn-errortype", "x-amzn-requestid")) {
            String value = answer.headers().firstValue(name).orElse(null);
            response = value == null ? response : response.with(name, value);
        }
        return response;
    }

    private static Map<String, List<String>> headers(Request request) {
        return request.headers().asMap();
    }

    private HttpResponse<byte[]> forward(String method, String target, Map<String, List<String>> headers, byte[] body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(moto + target))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void start(String id, Map<String, List<String>> headers) throws IOException {
        byte[] question = JSON.writeValueAsBytes(Map.of("jobs", List.of(id)));
        byte[] answer = forward("POST", "/v1/describejobs", headers, question).body();
        JsonNode description = JSON.readTree(answer).at("/jobs/0");
        addLogGroup((ObjectNode) description, headers);
        WorkerJob job = starter.apply(description);
        jobs.put(id, job);
        job.start(gate);
    }

    /** Moto leaves the log configuration of the definition out of its descriptions of jobs. */
    private void addLogGroup(ObjectNode job, Map<String, List<String>> headers) throws IOException {
        byte[] question = JSON.writeValueAsBytes(
                Map.of("jobDefinitions", List.of(job.path("jobDefinition").asText())));
        byte[] answer =
                forward("POST", "/v1/describejobdefinitions", headers, question).body();
        job.set("logGroup", JSON.readTree(answer).findValue("awslogs-group"));
    }

    private void terminate(JsonNode request) {
        WorkerJob job = jobs.get(request.path("jobId").asText());
        if (job != null) {
            job.terminate(request.path("reason").asText());
        }
    }

    private byte[] corrected(byte[] answer, String list) throws IOException {
        JsonNode json = JSON.readTree(answer);
        ArrayNode descriptions = json.withArray(list);
        for (JsonNode description : descriptions) {
            mend(description.path("container"));
            WorkerJob job = jobs.get(description.path("jobId").asText());
            if (job != null) {
                job.state().correct((ObjectNode) description);
            }
        }
        return JSON.writeValueAsBytes(json);
    }

    /** Of definitions made by CloudFormation, moto tells what AWS never does: parts of a vCPU, and lists for empty texts. */
    private static void mend(JsonNode container) {
        if (container instanceof ObjectNode described) {
            described.remove("vcpus");
            described
                    .path("environment")
                    .forEach(variable -> ((ObjectNode) variable)
                            .put("value", variable.path("value").asText()));
        }
    }

    @Override
    public void close() {
        server.close();
        jobs.values().forEach(job -> job.terminate("the test is over"));
    }
}
