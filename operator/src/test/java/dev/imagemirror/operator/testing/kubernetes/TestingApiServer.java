package dev.imagemirror.operator.testing.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real kube-apiserver over a real etcd, on loopback and free ports, with RBAC. It has whatever the server does itself:
 * schemas and CEL, server-side apply, watches, leases, events, RBAC, tokens of service accounts.
 *
 * <p>There is no controller manager, scheduler or kubelet. So a deleted namespace stays {@code Terminating}, a new one
 * has no service account {@code default}, what belongs to a deleted owner stays, cluster roles are not aggregated, and
 * nothing ever runs a pod.
 *
 * <p>Both processes end when it is closed and when this JVM ends, however it does; the API server also when etcd does.
 */
public final class TestingApiServer implements AutoCloseable {
    private static final int START_SECONDS = 120;
    private static final String LOOPBACK = "127.0.0.1";

    private final KubernetesPrograms programs;
    private final ServerFiles files;
    private final URI url = URI.create("https://" + LOOPBACK + ":" + freePort());
    private final String etcdUrl = "http://" + LOOPBACK + ":" + freePort();
    private final GuardedProcess etcd;
    private GuardedProcess apiServer;
    private Kubectl admin;

    private TestingApiServer(KubernetesPrograms programs, ServerFiles files) throws IOException {
        this.programs = programs;
        this.files = files;
        this.etcd = GuardedProcess.start(files.etcdLog(), etcdCommand());
    }

    /** Starts one with an empty etcd and waits until it is ready. */
    public static TestingApiServer launch(KubernetesPrograms programs) throws IOException, InterruptedException {
        TestingApiServer server = new TestingApiServer(programs, ServerFiles.create());
        try {
            server.start();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Where it answers. */
    public URI url() {
        return url;
    }

    /** Its certificate and the authority that issued it (PEM). */
    public Path certificate() {
        return files.certificate();
    }

    /** The token of the user {@code admin}, who may do everything. */
    public String adminToken() {
        return files.adminToken();
    }

    /** kubectl as {@code admin}. */
    public Kubectl kubectl() {
        return admin;
    }

    /** kubectl as whoever shows {@code token}. */
    public Kubectl kubectl(String token) throws IOException {
        return new Kubectl(programs.kubectl(), files.writeKubeconfig(url, token));
    }

    /** A token, good for an hour, of a service account that is there. */
    public String serviceAccountToken(String namespace, String name) throws IOException, InterruptedException {
        return admin.check("create", "token", name, "--namespace=" + namespace).strip();
    }

    /** Stops the API server, as an upgrade of the control plane does; its data stays in etcd. */
    public void stop() throws InterruptedException {
        apiServer.stop();
    }

    /** Starts the API server after {@link #stop}, at the same address, and waits until it is ready. */
    public void start() throws IOException, InterruptedException {
        GuardedProcess started = GuardedProcess.start(files.apiServerLog(), apiServerCommand());
        apiServer = started;
        started.endWith(etcd);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!isReady()) {
            if (System.nanoTime() > end || started.endsWithin(50)) {
                throw new IOException("kube-apiserver did not start:\n" + started.output() + etcd.output());
            }
        }
    }

    /** {@link #stop} and {@link #start}. */
    public void restart() throws IOException, InterruptedException {
        stop();
        start();
    }

    /** All that the API server has said so far. */
    public String log() throws IOException {
        return apiServer.output();
    }

    /** What service accounts have asked for so far. */
    public List<AuditedRequest> audit() throws IOException {
        return AuditedRequest.read(files.auditLog());
    }

    @Override
    public void close() throws IOException {
        if (apiServer != null) {
            apiServer.kill();
        }
        etcd.kill();
        files.delete();
    }

    /** The server makes its certificate before it listens, and its first namespaces afterwards. */
    private boolean isReady() throws IOException, InterruptedException {
        if (!isListening()) {
            return false;
        }
        if (admin == null) {
            admin = kubectl(files.adminToken());
        }
        return admin.run("get", "--raw=/readyz").exit() == 0
                && admin.run("get", "namespace", "default").exit() == 0;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> etcdCommand() {
        return List.of(
                programs.etcd(),
                "--data-dir=" + files.etcdData(),
                "--listen-client-urls=" + etcdUrl,
                "--advertise-client-urls=" + etcdUrl,
                "--listen-peer-urls=http://" + LOOPBACK + ":0",
                "--unsafe-no-fsync",
                "--log-level=warn");
    }

    private List<String> apiServerCommand() {
        return List.of(
                programs.apiServer(),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--endpoint-reconciler-type=none", // no endpoints of its own: loopback is refused there
                "--secure-port=" + url.getPort(),
                "--cert-dir=" + files.certificates(),
                "--token-auth-file=" + files.tokens(),
                "--authorization-mode=RBAC",
                "--audit-policy-file=" + files.auditPolicy(),
                "--audit-log-path=" + files.auditLog(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + files.signingKey(),
                "--service-account-signing-key-file=" + files.signingKey(),
                "--service-cluster-ip-range=10.0.0.0/24");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
