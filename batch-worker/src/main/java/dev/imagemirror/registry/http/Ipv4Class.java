package dev.imagemirror.registry.http;

import java.util.Map;
import java.util.Set;

/**
 * Classes of IPv4 addresses. Sources: IANA's special-purpose address registry (RFC 6890); the metadata addresses from the
 * clouds' documentation.
 */
final class Ipv4Class {
    /** Alibaba Cloud, Azure's wire server, Oracle Cloud. */
    private static final Set<Integer> METADATA =
            Set.of(address(100, 100, 100, 200), address(168, 63, 129, 16), address(192, 0, 0, 192));

    /** Networks by their first address, with their length. */
    private static final Map<Integer, Integer> PRIVATE = Map.of(
            address(10, 0, 0, 0), 8,
            address(172, 16, 0, 0), 12,
            address(192, 168, 0, 0), 16,
            address(100, 64, 0, 0), 10, // shared, RFC 6598
            address(192, 0, 0, 0), 24, // protocol assignments, RFC 6890
            address(198, 18, 0, 0), 15, // benchmarks, RFC 2544
            address(240, 0, 0, 0), 4); // reserved, RFC 1112

    private Ipv4Class() {}

    /** The class of the address in these four of the bytes. */
    static AddressClass of(byte[] bytes, int a, int b, int c, int d) {
        return of(address(bytes[a], bytes[b], bytes[c], bytes[d]));
    }

    /** The same for an address whose bits are inverted. */
    static AddressClass ofInverted(byte[] bytes, int a, int b, int c, int d) {
        return of(~address(bytes[a], bytes[b], bytes[c], bytes[d]));
    }

    private static AddressClass of(int address) {
        if (METADATA.contains(address)) {
            return AddressClass.METADATA;
        }
        if (address == -1) {
            return AddressClass.BROADCAST;
        }
        int first = address >>> 24;
        if (first == 0) {
            return AddressClass.UNSPECIFIED;
        }
        if (first == 127) {
            return AddressClass.LOOPBACK;
        }
        if (address >>> 16 == (169 << 8 | 254)) {
            return AddressClass.LINK_LOCAL;
        }
        if (first >>> 4 == 14) {
            return AddressClass.MULTICAST;
        }
        boolean isPrivate = PRIVATE.entrySet().stream()
                .anyMatch(network -> (address ^ network.getKey()) >>> (32 - network.getValue()) == 0);
        return isPrivate ? AddressClass.PRIVATE : AddressClass.PUBLIC;
    }

    private static int address(int a, int b, int c, int d) {
        return (a & 0xff) << 24 | (b & 0xff) << 16 | (c & 0xff) << 8 | (d & 0xff);
    }
}
