package dev.imagemirror.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on loopback that ends each connection in the middle of its TLS handshake. */
final class BrokenHandshakes implements AutoCloseable {
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener;

    BrokenHandshakes() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "broken-handshakes");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@code 127.0.0.1:port}. */
    String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** So many began. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                connections.incrementAndGet();
                socket.shutdownOutput();
                // all is read, or else the other side would see a reset
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the listener or the connection was closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
