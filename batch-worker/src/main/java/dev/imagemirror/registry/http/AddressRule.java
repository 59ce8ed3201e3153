package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses registries, and the hosts that they lead to, may have. Public ones always; those of links, metadata
 * services, and many machines never; the others as this says. Immutable.
 *
 * @param loopback hosts that may be on this machine: {@code host} for every port, or {@code host:port}
 * @param isPrivateAllowed whether private addresses may be asked
 * @param settings where the two are set
 */
public record AddressRule(Set<String> loopback, boolean isPrivateAllowed, Settings settings) {
    /** Nothing on this machine; private addresses. */
    public static final AddressRule STANDARD =
            new AddressRule(Set.of(), true, new Settings("MIRROR_LOOPBACK_REGISTRIES", "MIRROR_PRIVATE_ADDRESSES"));

    /**
     * Names of settings, for messages.
     *
     * @param loopback lists hosts on this machine
     * @param privateAddresses allows private addresses
     */
    public record Settings(String loopback, String privateAddresses) {}

    /** Copies the set. */
    public AddressRule {
        loopback = Set.copyOf(loopback);
    }

    /** The same with these hosts on this machine. */
    public AddressRule withLoopback(Set<String> hosts) {
        return new AddressRule(hosts, isPrivateAllowed, settings);
    }

    /** True for a host, without a port, that is this machine by its name; never asks DNS. */
    public static boolean isLoopbackName(String host) {
        return Loopback.isLoopback(host);
    }

    /**
     * Why no rule allows a registry, {@code host} or {@code host:port}, as far as its name tells; null if one may. Never asks
     * DNS.
     */
    public static @Nullable String neverAllowed(String registry) {
        int colon = portColon(registry);
        String host = colon < 0 ? registry : registry.substring(0, colon);
        AddressClass kind = AddressGuard.ofName(host);
        return kind != null && kind.isNever()
                ? STANDARD.refusal(host, colon < 0 ? 443 : Integer.parseInt(registry.substring(colon + 1)), kind)
                : null;
    }

    /** Why a host may not be asked at an address of that class, with what to do; null if it may. */
    String refusal(String host, int port, AddressClass kind) {
        String place = host + (port < 0 ? "" : ":" + port);
        if (kind.isNever()) {
            return place + " has " + kind.words() + ", which is never asked; name another host";
        }
        if (kind == AddressClass.LOOPBACK && !isListed(host, port)) {
            return place + " has " + kind.words() + ", which only hosts listed in " + settings.loopback()
                    + " may have; list it there if this machine is meant";
        }
        if (kind == AddressClass.PRIVATE && !isPrivateAllowed) {
            return place + " has " + kind.words() + ", which " + settings.privateAddresses()
                    + " forbids; set it to true to allow them";
        }
        return null;
    }

    private boolean isListed(String host, int port) {
        String wanted = key(host);
        return loopback.stream().anyMatch(entry -> {
            int colon = portColon(entry);
            String listed = key(colon < 0 ? entry : entry.substring(0, colon));
            return listed.equals(wanted)
                    && (colon < 0 || entry.substring(colon + 1).equals(String.valueOf(port)));
        });
    }

    /** Where the port begins, or -1: an IPv6 literal has colons of its own. */
    private static int portColon(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean isIpv6 = entry.indexOf(':') < colon && !entry.contains("]:");
        return isIpv6 ? -1 : colon;
    }

    /** One spelling of a literal or a name. */
    private static String key(String host) {
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            return literal.getHostAddress();
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
