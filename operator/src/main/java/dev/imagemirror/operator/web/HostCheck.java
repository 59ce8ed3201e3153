package dev.imagemirror.operator.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests with an unexpected {@code Host}: otherwise a foreign page whose name is rebound to this address (DNS
 * rebinding) could read everything. IP addresses cannot be rebound and are accepted. A server listening beyond loopback
 * may have names it does not know, so it checks only if names are configured.
 */
final class HostCheck {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.%]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private final Set<String> names;
    private final boolean isChecking;

    HostCheck(WebSettings settings) {
        names = settings.hosts().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        isChecking = !names.isEmpty() || isLoopback(settings.address());
    }

    /** @param header value of the {@code Host} header */
    boolean isAllowed(@Nullable String header) {
        if (!isChecking) {
            return true;
        }
        if (header == null) {
            return false;
        }
        String host = PORT.matcher(header.trim()).replaceFirst("").toLowerCase(Locale.ROOT);
        return ADDRESS.matcher(host).matches() || host.equals("localhost") || names.contains(host);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // then the server cannot listen on it either
        }
    }
}
