package dev.imagemirror.operator.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code manifests/base} installed on an API server, tables, two docker-registries, and the operator as a process beside the
 * cluster with the token of its service account: it may do what {@code manifests/base/rbac.yaml} allows, and no more.
 *
 * <p>Rows are compared and tables listed every hour only, so that what is seen before that comes by watches and streams.
 */
public final class TestingInstallation implements AutoCloseable {
    /** What the cluster is called in the tables. */
    public static final String CLUSTER = "prod";

    private static final String NAMESPACE = "image-mirror";
    private static final String ACCOUNT = "mirror-operator";
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("MIRROR_OPERATOR_KUBERNETES_CLUSTER", CLUSTER),
            Map.entry("MIRROR_OPERATOR_KUBERNETES_LEASE_NAMESPACE", NAMESPACE),
            Map.entry("MIRROR_OPERATOR_JOBS_MODE", "local"),
            Map.entry("MIRROR_OPERATOR_JOBS_POLL", "200ms"),
            Map.entry("MIRROR_OPERATOR_LOOP_INTERVAL", "1h"),
            Map.entry("MIRROR_OPERATOR_TABLES_RELIST", "1h"),
            Map.entry("MIRROR_OPERATOR_KUBERNETES_RESYNC", "1h"),
            Map.entry("MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "0s"),
            Map.entry("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1"),
            Map.entry("MIRROR_OPERATOR_WEB_PORT", "0"),
            // as in a pod: a container that is started anew has the lease still
            Map.entry("HOSTNAME", "mirror-operator-1"));

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<RunningOperator> operators = new ArrayList<>();
    private final Path directory;
    private final TestingApiServer server;
    private final TestingRows rows;
    private final DockerRegistryProcess source;
    private final DockerRegistryProcess destination;
    private final TestingPolicies policies;
    private final Map<String, String> environment;

    private TestingInstallation(Path directory, KubernetesPrograms programs) throws IOException, InterruptedException {
        this.directory = directory;
        server = opened(TestingApiServer.launch(programs));
        rows = opened(TestingRows.start());
        source = opened(DockerRegistryProcess.start(directory.resolve("source")));
        destination = opened(DockerRegistryProcess.start(directory.resolve("destination")));
        policies = opened(new TestingPolicies(server.kubectl()));
        Path kubeconfig = install(server);
        environment = new HashMap<>(SETTINGS);
        environment.putAll(rows.environment());
        environment.put("KUBECONFIG", kubeconfig.toString());
    }

    /** Starts all but the operator, with files in {@code directory}; skips the test where a program is missing. */
    public static TestingInstallation start(Path directory) throws IOException, InterruptedException {
        Peers.require("docker-registry");
        return new TestingInstallation(directory, KubernetesPrograms.require());
    }

    /** Installs the base on a server; gives the kubeconfig of the operator's service account there. */
    public static Path install(TestingApiServer server) throws IOException, InterruptedException {
        Path base = Peers.projectRoot().resolve("manifests/base");
        Kubectl kubectl = server.kubectl();
        kubectl.check("apply", "--kustomize=" + base);
        kubectl.check("wait", "--for=condition=Established", "--timeout=60s", "crd/mirrorpolicies.imagemirror.dev");
        return server.kubectl(server.serviceAccountToken(NAMESPACE, ACCOUNT)).kubeconfig();
    }

    /** The API server. */
    public TestingApiServer server() {
        return server;
    }

    /** kubectl as the administrator, who installs and who writes policies. */
    public Kubectl kubectl() {
        return server.kubectl();
    }

    /** Policies as a person handles them. */
    public TestingPolicies policies() {
        return policies;
    }

    /** The mirror table. */
    public TestingRows rows() {
        return rows;
    }

    /** Where images come from. */
    public DockerRegistryProcess source() {
        return source;
    }

    /** Where images go. */
    public DockerRegistryProcess destination() {
        return destination;
    }

    /** Starts {@code mirror-operator run} and waits until it works; it is stopped with the installation. */
    public RunningOperator run(String... options) throws IOException, InterruptedException {
        return run(Map.of(), options);
    }

    /** Starts {@code mirror-operator run} with further settings and waits until it works. */
    public RunningOperator run(Map<String, String> settings, String... options)
            throws IOException, InterruptedException {
        RunningOperator operator = start(settings, options);
        operator.awaitWorking();
        return operator;
    }

    /** Starts {@code mirror-operator run} with further settings, whatever becomes of it. */
    public RunningOperator start(Map<String, String> settings, String... options) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        RunningOperator operator = RunningOperator.start(directory, all, arguments.toArray(new String[0]));
        operators.add(operator);
        return opened(operator);
    }

    /** Fails if the operator has asked the API server for what it may not have. */
    public void assertNothingWasForbidden() throws IOException {
        assertThat(server.audit()).as("requests").isNotEmpty().noneMatch(request -> request.code() == 403);
        for (RunningOperator operator : operators) {
            assertThat(operator.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    /** Closes it, and fails likewise. */
    public void closeHavingBeenForbiddenNothing() throws IOException {
        try (TestingInstallation closed = this) {
            closed.assertNothingWasForbidden();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("not closed", e);
            }
        }
    }
}
