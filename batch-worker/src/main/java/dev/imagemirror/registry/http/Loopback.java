package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.util.Locale;

/** Which hosts are this machine by their name. */
public final class Loopback {
    private Loopback() {}

    /** True for {@code localhost} and loopback address literals, with or without a port; never asks DNS. */
    public static boolean isLoopback(String hostAndPort) {
        String host = name(hostAndPort);
        InetAddress literal = IpLiteral.parse(host);
        return literal != null
                ? AddressClass.of(literal) == AddressClass.LOOPBACK
                : host.equals("localhost") || host.endsWith(".localhost");
    }

    /** The host without its port, in lower case and without the root's dot. */
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
