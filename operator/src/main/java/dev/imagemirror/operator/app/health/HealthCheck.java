package dev.imagemirror.operator.app.health;

import dev.imagemirror.image.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.util.Map;

/**
 * Asks the operator beside it, in the same container, for {@code /healthz}. It uses the JDK and, where it has
 * something to say, one class of this program: every half minute a JVM starts for it; so it knows the management port by the environment only, not by a settings file.
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
        try {
            HttpURLConnection operator = (HttpURLConnection) place(environment).openConnection(Proxy.NO_PROXY);
            operator.setConnectTimeout(PATIENCE_MILLIS);
            operator.setReadTimeout(PATIENCE_MILLIS);
            if (operator.getResponseCode() == HttpURLConnection.HTTP_OK) {
                return 0;
            }
            err.println(
                    "mirror-operator: /healthz returned: " + Visible.of(String.valueOf(operator.getHeaderField(0))));
        } catch (IOException | IllegalArgumentException e) {
            err.println("mirror-operator: cannot reach /healthz: " + Visible.of(String.valueOf(e.getMessage())));
        }
        return 1;
    }

    private static URL place(Map<String, String> environment) throws IOException {
        String wanted = environment.getOrDefault(ADDRESS, "").trim();
        InetAddress address = InetAddress.getByName(wanted.isEmpty() ? null : wanted);
        InetAddress asked = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        String port = environment.getOrDefault(PORT, "").trim();
        int number = Integer.parseInt(port.isEmpty() ? STANDARD_PORT : port);
        return new URL("http", asked.getHostAddress(), number, "/healthz");
    }
}
