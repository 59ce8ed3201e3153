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
 * Requests {@code /healthz} from the operator in the same container. Loads only the JDK and, to report a failure, one
 * class of this program, since a JVM starts for it every 30 s; so it takes the management port from the environment
 * only.
 */
public final class HealthCheck {
    private static final String ADDRESS = "MIRROR_OPERATOR_WEB_ADDRESS";
    private static final String PORT = "MIRROR_OPERATOR_WEB_PORT";
    private static final String STANDARD_PORT = "8080";
    private static final int PATIENCE_MILLIS = 5_000;

    private HealthCheck() {}

    /**
     * Checks the operator's health.
     *
     * @param environment the operator's
     * @param err receives what is wrong
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
