package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.demo.OperatorProcess;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.EntryRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An account at moto, two open registries, one that wants a password, ECR's, the runner of jobs, and the operator's
 * command. The registry's password is in the account's parameter store; operator and workers find it there.
 */
final class Site implements AutoCloseable {
    /** Access keys that stand for the roles of the two programs. */
    static final String OPERATOR = "operator";

    static final String WORKER = "worker";

    private static final String PERSON = "person";
    private static final String USER = "mirror";
    private static final String PASSWORD = "only-for-tests";
    /** Where the tests' registries are. */
    private static final String LOOPBACK = "MIRROR_OPERATOR_REGISTRIES_LOOPBACK";

    private static final Map<String, String> SETTINGS = Map.of(
            "MIRROR_OPERATOR_LOOP_INTERVAL",
            "1s",
            "MIRROR_OPERATOR_JOBS_POLL",
            "200ms",
            "MIRROR_OPERATOR_WEB_PORT",
            "0",
            "MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW",
            "0s",
            LOOPBACK,
            "localhost,127.0.0.1");

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final Path directory;
    private final DockerRegistryProcess source;
    private final DockerRegistryProcess destination;
    private final DockerRegistryProcess locked;
    private final EcrRegistry ecr;
    private final AwsAccount account;
    private final BatchRunner batch;
    private final AwsCli aws;
    private final AwsStack stack;
    private final Map<String, String> environment;
    private final OperatorProcess operator;

    private Site(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        source = opened(DockerRegistryProcess.start(directory.resolve("source")), DockerRegistryProcess::close);
        destination =
                opened(DockerRegistryProcess.start(directory.resolve("destination")), DockerRegistryProcess::close);
        locked = opened(
                DockerRegistryProcess.start(
                        directory.resolve("locked"), new DockerRegistryProcess.Options(users(), null, null)),
                DockerRegistryProcess::close);
        ecr = opened(EcrRegistry.start(directory.resolve("ecr")), EcrRegistry::close);
        MotoProcess moto = opened(MotoProcess.start(directory.resolve("moto.log")), MotoProcess::close);
        account = opened(new AwsAccount(moto.url()), AwsAccount::close);
        stack = account.create(new AwsCli(AwsAccount.environment(moto.url(), PERSON)), authFile());
        JobOutput output = new JobOutput(account.logs());
        Map<String, String> roles = new HashMap<>(ecr.environment());
        batch = opened(new BatchRunner(moto.url(), job -> new WorkerJob(job, roles, output)), BatchRunner::close);
        aws = new AwsCli(AwsAccount.environment(batch.url(), PERSON));
        roles.putAll(AwsAccount.environment(batch.url(), WORKER));
        environment = new HashMap<>(AwsAccount.environment(batch.url(), OPERATOR));
        environment.putAll(ecr.environment());
        environment.putAll(stack.settings());
        environment.putAll(SETTINGS);
        operator = new OperatorProcess(environment);
    }

    /** Starts all of it, with its files in {@code directory}; skips the test where a program is missing. */
    static Site start(Path directory) throws IOException, InterruptedException {
        Peers.require("docker-registry", "skopeo", "htpasswd", "openssl");
        PythonTools.require("moto_server", "aws");
        return new Site(directory);
    }

    private Path users() throws IOException, InterruptedException {
        return Files.writeString(directory.resolve("htpasswd"), Peers.check("htpasswd", "-Bbn", USER, PASSWORD));
    }

    /** The auth file with the locked registry's password. */
    String auth() throws IOException {
        return Files.readString(directory.resolve("auth.json"));
    }

    private String authFile() throws IOException {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        String file = "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(locked.authority(), auth);
        Files.writeString(directory.resolve("auth.json"), file);
        return file;
    }

    DockerRegistryProcess source() {
        return source;
    }

    DockerRegistryProcess destination() {
        return destination;
    }

    DockerRegistryProcess locked() {
        return locked;
    }

    EcrRegistry ecr() {
        return ecr;
    }

    AwsCli aws() {
        return aws;
    }

    BatchRunner batch() {
        return batch;
    }

    /** What the program with this access key did at AWS and at ECR's registry. */
    List<CallLog.Entry> calls(String key) throws IOException {
        List<CallLog.Entry> calls = new ArrayList<>(batch.calls().of(key));
        calls.addAll(ecr.calls(key));
        return calls;
    }

    OperatorProcess operator() {
        return operator;
    }

    AwsStack stack() {
        return stack;
    }

    /** The command with more settings, which win. */
    OperatorProcess operator(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new OperatorProcess(all);
    }

    /** Starts {@code run}, its log in a file of the directory. */
    Process startOperator() throws IOException {
        return startOperator(Map.of());
    }

    /** The same with more settings, which win. */
    Process startOperator(Map<String, String> more) throws IOException {
        return startOperator(more, "operator.log");
    }

    /** One of several, its log in the file of that name. */
    Process startOperator(Map<String, String> more, String log) throws IOException {
        return operator(more).start(directory.resolve(log).toFile(), "run");
    }

    String operatorLog() throws IOException {
        return operatorLog("operator.log");
    }

    String operatorLog(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** What the handler of the functions answers to an event, in a process with these settings. */
    JsonNode invokeFunction(Map<String, String> settings, JsonNode event) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.keySet().removeIf(name -> name.startsWith("MIRROR_OPERATOR_") && !name.endsWith("_CA_FILES"));
        all.put(LOOPBACK, SETTINGS.get(LOOPBACK));
        all.putAll(settings);
        return FunctionProcess.invoke(all, event);
    }

    /** What the status table has of the entry. */
    EntryRecords records(String source) {
        return account.statuses().load(new EntryKey(source));
    }

    /** The states of the entry's pairs, by destination. */
    Map<String, String> words(String source) {
        Map<String, String> words = new HashMap<>();
        for (PairStatus pair : records(source).pairs()) {
            words.put(pair.destination().toString(), pair.state().word());
        }
        return words;
    }

    /** Has skopeo put an image onto a tag. */
    void push(String from, String to) throws IOException, InterruptedException {
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://" + from,
                "docker://" + to);
    }

    /** The digest of what skopeo finds, or null if there is nothing. */
    Digest digest(String reference) throws IOException, InterruptedException {
        Peers.Result result = Peers.run(List.of(
                "skopeo",
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--authfile=" + directory.resolve("auth.json"),
                "docker://" + reference));
        return result.exit() == 0 ? Digest.sha256(result.output().getBytes(StandardCharsets.UTF_8)) : null;
    }

    private <T> T opened(T part, Consumer<T> close) {
        closings.push(() -> close.accept(part));
        return part;
    }

    @Override
    public void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
