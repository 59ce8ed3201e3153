package dev.imagemirror.operator.app.health;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Asks the operator beside it, in the same container, for {@code /healthz}. It uses the JDK and no other class of this program, since
 * every half minute a JVM starts for it; so it knows the management port by the environment only, not by a settings file.
 */
public final class HealthCheck {
    private static final String ADDRESS = "MIRROR_OPERATOR_WEB_ADDRESS";
    private static final String PORT = "MIRROR_OPERATOR_WEB_PORT";
    private static final String STANDARD_PORT = "8080";
    private static final int PATIENCE_MILLIS = 5_000;

    private HealthCheck() {}

    /**
     * Asks.
     *
     * @param environment the operator's
     * @param err told what is wrong
     * @return the exit code
     */
    public static int ask(Map<String, String> environment, PrintStream err) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(place(environment), PATIENCE_MILLIS);
            String answer = answer(socket);
            if (answer != null && answer.matches("HTTP/1\\.[01] 200( .*)?")) {
                return 0;
            }
            err.println("mirror-operator: /healthz answers: " + answer);
        } catch (IOException | IllegalArgumentException e) {
            err.println("mirror-operator: /healthz does not answer: " + e.getMessage());
        }
        return 1;
    }

    private static InetSocketAddress place(Map<String, String> environment) throws IOException {
        String wanted = environment.getOrDefault(ADDRESS, "").trim();
        InetAddress address = InetAddress.getByName(wanted.isEmpty() ? null : wanted);
        String port = environment.getOrDefault(PORT, "").trim();
        return new InetSocketAddress(
                address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address,
                Integer.parseInt(port.isEmpty() ? STANDARD_PORT : port));
    }

    private static String answer(Socket socket) throws IOException {
        String question = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
