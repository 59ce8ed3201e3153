package dev.imagemirror.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Which hosts and addresses are on this machine or its private networks. */
final class Loopback {
    private static final Pattern IPV4_LOOPBACK =
            Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

    private Loopback() {}

    /** True for {@code localhost} and loopback address literals, with or without a port; never asks DNS. */
    static boolean isLoopback(String hostAndPort) {
        String host = host(hostAndPort);
        return host.equals("localhost") || host.endsWith(".localhost") || isLoopbackLiteral(host);
    }

    /** True for loopback, link-local, private (RFC 1918, RFC 4193) and wildcard addresses. */
    static boolean isInternal(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isAnyLocalAddress()
                || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc);
    }

    private static String host(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            return hostAndPort.substring(1, Math.max(1, hostAndPort.indexOf(']')));
        }
        int colon = hostAndPort.indexOf(':');
        boolean bareIpv6 = colon >= 0 && hostAndPort.indexOf(':', colon + 1) >= 0;
        return colon < 0 || bareIpv6 ? hostAndPort : hostAndPort.substring(0, colon);
    }

    private static boolean isLoopbackLiteral(String host) {
        if (IPV4_LOOPBACK.matcher(host).matches()) {
            return true;
        }
        try { // in brackets, so that it is no name to look up
            return host.indexOf(':') >= 0
                    && InetAddress.getByName("[" + host + "]").isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
