package dev.imagemirror.registry.http;

import java.util.Locale;

/** Which host names mean this machine. */
public final class Loopback {
    private Loopback() {}

    /** True for {@code localhost} and loopback address literals, with or without a port; never queries DNS. */
    public static boolean isLoopback(String hostAndPort) {
        String host = name(hostAndPort);
        return IpLiteral.parse(host)
                .map(literal -> AddressClass.of(literal) == AddressClass.LOOPBACK)
                .orElseGet(() -> host.equals("localhost") || host.endsWith(".localhost"));
    }

    /** The host without port and trailing dot, in lower case. */
    static String name(String hostAndPort) {
        String host = host(hostAndPort).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String host(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            return hostAndPort.substring(1, Math.max(1, hostAndPort.indexOf(']')));
        }
        int colon = hostAndPort.indexOf(':');
        boolean bareIpv6 = colon >= 0 && hostAndPort.indexOf(':', colon + 1) >= 0;
        return colon < 0 || bareIpv6 ? hostAndPort : hostAndPort.substring(0, colon);
    }
}
