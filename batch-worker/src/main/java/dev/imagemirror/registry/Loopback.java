package dev.imagemirror.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which hosts and addresses are on this machine or its private networks. */
final class Loopback {
    private Loopback() {}

    /** True for {@code localhost} and loopback address literals, with or without a port; never asks DNS. */
    static boolean isLoopback(String hostAndPort) {
        String host = host(hostAndPort);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || (isAddress(host) && literal(host).isLoopbackAddress());
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
        return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + address + "' is no address", e);
        }
    }
}
