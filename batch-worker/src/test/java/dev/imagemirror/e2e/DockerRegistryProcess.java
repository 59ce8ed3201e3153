package dev.imagemirror.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A docker-registry process (Debian package) on loopback and a free port, its data in a directory of the caller's. */
public final class DockerRegistryProcess implements AutoCloseable {
    private static final int START_SECONDS = 20;
    private static final Pattern ACCESS =
            Pattern.compile("\"([A-Z]+) (/\\S*) HTTP/1\\.[01]\" ([0-9]{3}) ([0-9]+) \"[^\"]*\" \"([^\"]*)\"");

    /**
     * How the registry differs from an open one over plain HTTP.
     *
     * @param htpasswd file of users, or null
     * @param certificate PEM for TLS, or null
     * @param key PEM for TLS, or null
     */
    public record Options(Path htpasswd, Path certificate, Path key) {
        /** Open, plain HTTP. */
        public static final Options OPEN = new Options(null, null, null);
    }

    /**
     * One line of the access log.
     *
     * @param bytes size of the answer's body
     * @param userAgent what the program calls itself
     */
    public record Access(String method, String uri, int status, long bytes, String userAgent) {}

    private final Process process;
    private final Path log;
    private final int port;
    private final Thread reaper;

    private DockerRegistryProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts an open registry that keeps its data in {@code directory}. */
    public static DockerRegistryProcess start(Path directory) throws IOException, InterruptedException {
        return start(directory, Options.OPEN);
    }

    /** Starts a registry and waits until it listens. */
    public static DockerRegistryProcess start(Path directory, Options options)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        int port = freePort();
        Path configuration =
                Files.writeString(directory.resolve("config.yml"), configuration(directory, port, options));
        Path log = directory.resolve("registry.log");
        Process process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DockerRegistryProcess registry = new DockerRegistryProcess(process, log, port);
        registry.awaitListening();
        return registry;
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /** An image reference in this registry. */
    public String reference(String repositoryAndTag) {
        return authority() + "/" + repositoryAndTag;
    }

    /** All requests so far. */
    public List<Access> requests() throws IOException {
        List<Access> requests = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Matcher access = ACCESS.matcher(line);
            if (access.find()) {
                requests.add(new Access(
                        access.group(1),
                        access.group(2),
                        Integer.parseInt(access.group(3)),
                        Long.parseLong(access.group(4)),
                        access.group(5)));
            }
        }
        return requests;
    }

    /** Bytes of blobs that were read from this registry. */
    public long blobBytesRead() throws IOException {
        return requests().stream()
                .filter(access -> access.method().equals("GET") && access.uri().contains("/blobs/sha256:"))
                .mapToLong(Access::bytes)
                .sum();
    }

    private void awaitListening() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        close();
        throw new IOException("docker-registry did not start:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String configuration(Path directory, int port, Options options) {
        String auth =
                options.htpasswd() == null ? "" : "auth: {htpasswd: {realm: test, path: " + options.htpasswd() + "}}\n";
        String tls = options.certificate() == null
                ? ""
                : ", tls: {certificate: " + options.certificate() + ", key: " + options.key() + "}";
        return "version: 0.1\n"
                + "log: {level: error, accesslog: {disabled: false}}\n"
                + "storage: {filesystem: {rootdirectory: " + directory.resolve("data") + "}, delete: {enabled: true}}\n"
                + auth
                + "http: {addr: '127.0.0.1:" + port + "'" + tls + "}\n";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // the JVM is ending already
        }
    }
}
