package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses registries, and the hosts they redirect to, may have. Public addresses always, link-local, metadata
 * and multicast addresses never, others as configured. Immutable.
 *
 * @param loopback hosts that may be on this machine: {@code host} for every port, or {@code host:port}
 * @param isPrivateAllowed whether private addresses are allowed
 * @param settings where the two are set
 */
public record AddressRule(Set<String> loopback, boolean isPrivateAllowed, Settings settings) {
    /** Private addresses, but nothing on this machine. */
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

    /** The same rule with these hosts on this machine. */
    public AddressRule withLoopback(Set<String> hosts) {
        return new AddressRule(hosts, isPrivateAllowed, settings);
    }

    /** True for a host name, without a port, that means this machine; never queries DNS. */
    public static boolean isLoopbackName(String host) {
        return Loopback.isLoopback(host);
    }

    /**
     * Why no rule allows a registry, {@code host} or {@code host:port}, judging by its name; empty if one may. Never
     * queries DNS.
     */
    public static Optional<String> neverAllowed(String registry) {
        int colon = portColon(registry);
        String host = colon < 0 ? registry : registry.substring(0, colon);
        int port = colon < 0 ? 443 : Integer.parseInt(registry.substring(colon + 1));
        return AddressGuard.ofName(host)
                .filter(AddressClass::isNever)
                .flatMap(kind -> STANDARD.refusal(host, port, kind));
    }

    /** Why a host with an address of this class is refused, and what to do; empty if it is allowed. */
    Optional<String> refusal(String host, int port, AddressClass kind) {
        String fault = host + (port < 0 ? "" : ":" + port) + " has " + kind.words() + ", which ";
        if (kind.isNever()) {
            return Optional.of(fault + "is never allowed; name another host");
        }
        if (kind == AddressClass.LOOPBACK && !isListed(host, port)) {
            return Optional.of(fault + "only hosts listed in " + settings.loopback()
                    + " may have; list it there if this machine is meant");
        }
        if (kind == AddressClass.PRIVATE && !isPrivateAllowed) {
            return Optional.of(fault + settings.privateAddresses() + " forbids; set it to true to allow it");
        }
        return Optional.empty();
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

    /** The position of the port's colon; -1 if there is none: an IPv6 literal has colons of its own. */
    private static int portColon(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean isIpv6 = entry.indexOf(':') < colon && !entry.contains("]:");
        return isIpv6 ? -1 : colon;
    }

    /** The canonical form of a literal or a name. */
    private static String key(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return IpLiteral.parse(host)
                .map(InetAddress::getHostAddress)
                .orElseGet(() -> lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower);
    }
}
