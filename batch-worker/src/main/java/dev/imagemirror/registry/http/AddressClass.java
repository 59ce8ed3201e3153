package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What kind of address a host has, from harmless to never asked. An IPv6 address that carries an IPv4 address to which a
 * gateway or a tunnel may lead counts as that one. Sources: IANA's special-purpose address registries (RFC 6890); the
 * metadata addresses from the clouds' documentation.
 */
enum AddressClass {
    /** Anybody's. */
    PUBLIC("a public address"),
    /** Of a private network: RFC 1918, RFC 6598, RFC 4193, and what is reserved. */
    PRIVATE("a private address"),
    /** This machine. */
    LOOPBACK("a loopback address"),
    /** This link, where clouds have their metadata services: RFC 3927, RFC 4291. */
    LINK_LOCAL("a link-local address"),
    /** A cloud's metadata service outside of the link-local addresses. */
    METADATA("a metadata service's address"),
    /** Many machines. */
    MULTICAST("a multicast address"),
    /** All machines. */
    BROADCAST("the broadcast address"),
    /** No address; systems take it for this machine. */
    UNSPECIFIED("an unspecified address");

    /** Alibaba Cloud, Azure's wire server, Oracle Cloud. */
    private static final Set<Integer> METADATA_IPV4 =
            Set.of(ipv4(100, 100, 100, 200), ipv4(168, 63, 129, 16), ipv4(192, 0, 0, 192));

    /** Networks by their first address, with their length. */
    private static final Map<Integer, Integer> PRIVATE_IPV4 = Map.of(
            ipv4(10, 0, 0, 0), 8,
            ipv4(172, 16, 0, 0), 12,
            ipv4(192, 168, 0, 0), 16,
            ipv4(100, 64, 0, 0), 10, // shared, RFC 6598
            ipv4(192, 0, 0, 0), 24, // protocol assignments, RFC 6890
            ipv4(198, 18, 0, 0), 15, // benchmarks, RFC 2544
            ipv4(240, 0, 0, 0), 4); // reserved, RFC 1112

    private static final byte[] AWS_SERVICES = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2}; // fd00:ec2::/32
    private static final byte[] GOOGLE_METADATA =
            IpLiteral.parse("fd20:ce::254").getAddress();
    private static final byte[] SCALEWAY_METADATA =
            IpLiteral.parse("fd00:42::42").getAddress();

    private final String words;

    AddressClass(String words) {
        this.words = words;
    }

    /** With its article. */
    String words() {
        return words;
    }

    /** True for what no setting allows. */
    boolean isNever() {
        return compareTo(LOOPBACK) > 0;
    }

    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return ofIpv4(bytes, 0, 1, 2, 3);
        }
        return worse(ofIpv6(bytes), carried(bytes));
    }

    private static AddressClass ofIpv6(byte[] bytes) {
        if (isZero(bytes, 0, 15)) {
            return bytes[15] == 0 ? UNSPECIFIED : bytes[15] == 1 ? LOOPBACK : PUBLIC;
        }
        if ((bytes[0] & 0xff) == 0xff) {
            return MULTICAST;
        }
        if (startsWith(bytes, AWS_SERVICES)
                || Arrays.equals(bytes, GOOGLE_METADATA)
                || Arrays.equals(bytes, SCALEWAY_METADATA)) {
            return METADATA;
        }
        boolean local = (bytes[0] & 0xff) == 0xfe;
        if (local && (bytes[1] & 0xc0) == 0x80) {
            return LINK_LOCAL;
        }
        boolean siteLocal = local && (bytes[1] & 0xc0) == 0xc0; // RFC 3879
        return siteLocal || (bytes[0] & 0xfe) == 0xfc ? PRIVATE : PUBLIC;
    }

    /** The class of the IPv4 address inside, or public if there is none. */
    private static AddressClass carried(byte[] b) {
        boolean isCompatible = isZero(b, 0, 12) && !isZero(b, 12, 15); // RFC 4291; ::1 and :: are none
        boolean isMapped = isZero(b, 0, 10) && b[10] == -1 && b[11] == -1;
        boolean isTranslated = isZero(b, 0, 8) && b[8] == -1 && b[9] == -1 && b[10] == 0 && b[11] == 0; // RFC 2765
        boolean isIsatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe; // RFC 5214
        if (isCompatible || isMapped || isTranslated || isIsatap) {
            return ofIpv4(b, 12, 13, 14, 15);
        }
        if (startsWith(b, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b})) {
            return ofNat64(b);
        }
        if (b[0] == 0x20 && b[1] == 0x02) { // 6to4, RFC 3056
            return ofIpv4(b, 2, 3, 4, 5);
        }
        if (startsWith(b, new byte[] {0x20, 0x01, 0, 0})) { // Teredo, RFC 4380: server, and client inverted
            AddressClass client = ofIpv4(~ipv4(b[12], b[13], b[14], b[15]));
            return worse(ofIpv4(b, 4, 5, 6, 7), client);
        }
        return PUBLIC;
    }

    /** RFC 6052, section 2.2, and RFC 8215, whose prefix leaves three more places for the address. */
    private static AddressClass ofNat64(byte[] b) {
        return isZero(b, 6, 12)
                ? ofIpv4(b, 12, 13, 14, 15)
                : worse(ofIpv4(b, 6, 7, 9, 10), worse(ofIpv4(b, 7, 9, 10, 11), ofIpv4(b, 9, 10, 11, 12)));
    }

    private static AddressClass worse(AddressClass one, AddressClass other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static AddressClass ofIpv4(byte[] bytes, int a, int b, int c, int d) {
        return ofIpv4(ipv4(bytes[a], bytes[b], bytes[c], bytes[d]));
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

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
