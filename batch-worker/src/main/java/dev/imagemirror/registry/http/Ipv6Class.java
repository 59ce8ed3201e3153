package dev.imagemirror.registry.http;

import java.util.Arrays;

/**
 * Classes of IPv6 addresses, and of the IPv4 addresses they embed. Sources: IANA's special-purpose address registry
 * (RFC 6890); the metadata addresses from the clouds' documentation.
 */
final class Ipv6Class {
    private static final byte[] AWS_SERVICES = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2}; // fd00:ec2::/32
    private static final byte[] GOOGLE_METADATA = literal("fd20:ce::254");
    private static final byte[] SCALEWAY_METADATA = literal("fd00:42::42");

    private Ipv6Class() {}

    static AddressClass of(byte[] bytes) {
        return own(bytes).orWorse(carried(bytes));
    }

    private static AddressClass own(byte[] bytes) {
        if (isZero(bytes, 0, 15)) {
            return bytes[15] == 0
                    ? AddressClass.UNSPECIFIED
                    : bytes[15] == 1 ? AddressClass.LOOPBACK : AddressClass.PUBLIC;
        }
        if ((bytes[0] & 0xff) == 0xff) {
            return AddressClass.MULTICAST;
        }
        if (startsWith(bytes, AWS_SERVICES)
                || Arrays.equals(bytes, GOOGLE_METADATA)
                || Arrays.equals(bytes, SCALEWAY_METADATA)) {
            return AddressClass.METADATA;
        }
        boolean local = (bytes[0] & 0xff) == 0xfe;
        if (local && (bytes[1] & 0xc0) == 0x80) {
            return AddressClass.LINK_LOCAL;
        }
        boolean siteLocal = local && (bytes[1] & 0xc0) == 0xc0; // RFC 3879
        return siteLocal || (bytes[0] & 0xfe) == 0xfc ? AddressClass.PRIVATE : AddressClass.PUBLIC;
    }

    /** The class of the embedded IPv4 address; public if there is none. */
    private static AddressClass carried(byte[] b) {
        boolean isCompatible = isZero(b, 0, 12) && !isZero(b, 12, 15); // RFC 4291; not ::1 and ::
        boolean isMapped = isZero(b, 0, 10) && b[10] == -1 && b[11] == -1;
        boolean isTranslated = isZero(b, 0, 8) && b[8] == -1 && b[9] == -1 && b[10] == 0 && b[11] == 0; // RFC 2765
        boolean isIsatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe; // RFC 5214
        if (isCompatible || isMapped || isTranslated || isIsatap) {
            return AddressClass.ofIpv4(b, 12, 13, 14, 15);
        }
        if (startsWith(b, new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b})) {
            return ofNat64(b);
        }
        if (b[0] == 0x20 && b[1] == 0x02) { // 6to4, RFC 3056
            return AddressClass.ofIpv4(b, 2, 3, 4, 5);
        }
        if (startsWith(b, new byte[] {0x20, 0x01, 0, 0})) { // Teredo, RFC 4380: server, and client inverted
            return AddressClass.ofIpv4(b, 4, 5, 6, 7).orWorse(AddressClass.ofInvertedIpv4(b, 12, 13, 14, 15));
        }
        return AddressClass.PUBLIC;
    }

    /** RFC 6052, section 2.2, and RFC 8215, whose prefix leaves three more places for the address. */
    private static AddressClass ofNat64(byte[] b) {
        return isZero(b, 6, 12)
                ? AddressClass.ofIpv4(b, 12, 13, 14, 15)
                : AddressClass.ofIpv4(b, 6, 7, 9, 10)
                        .orWorse(AddressClass.ofIpv4(b, 7, 9, 10, 11))
                        .orWorse(AddressClass.ofIpv4(b, 9, 10, 11, 12));
    }

    private static byte[] literal(String text) {
        return IpLiteral.parse(text).orElseThrow().getAddress();
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
