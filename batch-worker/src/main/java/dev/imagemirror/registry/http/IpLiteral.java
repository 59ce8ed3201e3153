package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Address literals in every spelling that resolvers accept: dotted quads, IPv6, and those of inet_aton(3)
 * ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}), which would otherwise pass for names. Never queries DNS.
 */
final class IpLiteral {
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern PART = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,12}");
    private static final int MAX_PARTS = 4;

    private IpLiteral() {}

    /** The address that {@code host} spells, if any; brackets and a zone are ignored. */
    static Optional<InetAddress> parse(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        int zone = bare.indexOf('%');
        String literal = zone < 0 ? bare : bare.substring(0, zone);
        return literal.indexOf(':') >= 0 ? ipv6(literal) : ipv4(literal);
    }

    private static Optional<InetAddress> ipv6(String literal) {
        if (!IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName("[" + literal + "]")); // in brackets: never looked up as a name
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ipv4(String literal) {
        String text = literal.endsWith(".") ? literal.substring(0, literal.length() - 1) : literal;
        String[] parts = text.split("\\.", -1);
        if (parts.length > MAX_PARTS) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            int bits = isLast ? 8 * (MAX_PARTS + 1 - parts.length) : 8;
            long part = number(parts[i]);
            if (part < 0 || part >= 1L << bits) {
                return Optional.empty();
            }
            address = address << bits | part;
        }
        return Optional.of(
                ofBytes((byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address));
    }

    /** Hexadecimal after 0x, octal after 0, else decimal; -1 if it is not a number. */
    private static long number(String part) {
        if (!PART.matcher(part).matches()) {
            return -1;
        }
        try {
            return Long.decode(part);
        } catch (NumberFormatException e) {
            return -1; // 08
        }
    }

    static InetAddress ofBytes(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
