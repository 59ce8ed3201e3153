package dev.imagemirror.operator.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A moto server (an emulator of AWS' APIs) on loopback and a free port, told to run no Docker. */
final class MotoProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;

    private final Process process;
    private final int port;
    private final Thread reaper;

    private MotoProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.reaper = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts one and waits until it answers; its output goes to {@code log}. */
    static MotoProcess start(Path log) throws IOException, InterruptedException {
        int port = freePort();
        Process process = new ProcessBuilder(
                        PythonTools.path("moto_server"), "-H", "127.0.0.1", "-p", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        MotoProcess moto = new MotoProcess(process, port);
        if (!moto.configure()) {
            moto.close();
            throw new IOException("moto_server did not start:\n" + Files.readString(log));
        }
        return moto;
    }

    /** Where every service answers. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    private boolean configure() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/moto-api/config"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"batch\":{\"use_docker\":false}}"))
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        < 300;
            } catch (IOException e) {
                process.waitFor(50, TimeUnit.MILLISECONDS); // it does not listen yet
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
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
