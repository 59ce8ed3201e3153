package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * The class of a host's address, from harmless to never allowed. An IPv6 address that embeds an IPv4 address, which a
 * gateway or a tunnel may reach, counts as the worse of the two. Sources: IANA's special-purpose address registries
 * (RFC 6890); the metadata addresses from the clouds' documentation.
 */
enum AddressClass {
    /** A public address. */
    PUBLIC("a public address"),
    /** A private network: RFC 1918, RFC 6598, RFC 4193, and reserved ranges. */
    PRIVATE("a private address"),
    /** This machine. */
    LOOPBACK("a loopback address"),
    /** This link, where clouds have their metadata services: RFC 3927, RFC 4291. */
    LINK_LOCAL("a link-local address"),
    /** A cloud metadata service outside the link-local addresses. */
    METADATA("a metadata service's address"),
    /** A group of machines. */
    MULTICAST("a multicast address"),
    /** All machines. */
    BROADCAST("the broadcast address"),
    /** Not an address; systems treat it as this machine. */
    UNSPECIFIED("an unspecified address");

    /** Alibaba Cloud, Azure's wire server, Oracle Cloud. */
    private static final Set<Integer> METADATA_IPV4 =
            Set.of(ipv4(100, 100, 100, 200), ipv4(168, 63, 129, 16), ipv4(192, 0, 0, 192));

    /** Networks by first address, with their prefix length. */
    private static final Map<Integer, Integer> PRIVATE_IPV4 = Map.of(
            ipv4(10, 0, 0, 0), 8,
            ipv4(172, 16, 0, 0), 12,
            ipv4(192, 168, 0, 0), 16,
            ipv4(100, 64, 0, 0), 10, // shared, RFC 6598
            ipv4(192, 0, 0, 0), 24, // protocol assignments, RFC 6890
            ipv4(198, 18, 0, 0), 15, // benchmarks, RFC 2544
            ipv4(240, 0, 0, 0), 4); // reserved, RFC 1112

    private final String words;

    AddressClass(String words) {
        this.words = words;
    }

    /** With its article. */
    String words() {
        return words;
    }

    /** True if no setting allows it. */
    boolean isNever() {
        return compareTo(LOOPBACK) > 0;
    }

    AddressClass orWorse(AddressClass other) {
        return compareTo(other) > 0 ? this : other;
    }

    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? ofIpv4(bytes, 0, 1, 2, 3) : Ipv6Class.of(bytes);
    }

    /** The class of the IPv4 address in these four of the bytes. */
    static AddressClass ofIpv4(byte[] bytes, int a, int b, int c, int d) {
        return ofIpv4(ipv4(bytes[a], bytes[b], bytes[c], bytes[d]));
    }

    /** The same for an address whose bits are inverted. */
    static AddressClass ofInvertedIpv4(byte[] bytes, int a, int b, int c, int d) {
        return ofIpv4(~ipv4(bytes[a], bytes[b], bytes[c], bytes[d]));
    }

    private static AddressClass ofIpv4(int address) {
        if (METADATA_IPV4.contains(address)) {
            return METADATA;
        }
        if (address == -1) {
            return BROADCAST;
        }
        int first = address >>> 24;
        if (first == 0) {
            return UNSPECIFIED;
        }
        if (first == 127) {
            return LOOPBACK;
        }
        if (address >>> 16 == (169 << 8 | 254)) {
            return LINK_LOCAL;
        }
        if (first >>> 4 == 14) {
            return MULTICAST;
        }
        boolean isPrivate = PRIVATE_IPV4.entrySet().stream()
                .anyMatch(network -> (address ^ network.getKey()) >>> (32 - network.getValue()) == 0);
        return isPrivate ? PRIVATE : PUBLIC;
    }

    private static int ipv4(int a, int b, int c, int d) {
        return (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff);
    }
}
