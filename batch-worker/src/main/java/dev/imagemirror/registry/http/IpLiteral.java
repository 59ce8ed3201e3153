package dev.imagemirror.registry.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Address literals in every spelling that a resolver takes for one: beside dotted quads and IPv6 those of inet_aton(3)
 * ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}), which would be taken for names otherwise. Never asks DNS.
 */
final class IpLiteral {
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern PART = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,12}");
    private static final int MAX_PARTS = 4;

    private IpLiteral() {}

    /** The address that {@code host} spells, or null if it is none; brackets and a zone do not matter. */
    static InetAddress parse(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        int zone = bare.indexOf('%');
        String literal = zone < 0 ? bare : bare.substring(0, zone);
        return literal.indexOf(':') >= 0 ? ipv6(literal) : ipv4(literal);
    }

    private static InetAddress ipv6(String literal) {
        try { // in brackets, so that it is no name to look up
            return IPV6.matcher(literal).matches() ? InetAddress.getByName("[" + literal + "]") : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static InetAddress ipv4(String literal) {
        String text = literal.endsWith(".") ? literal.substring(0, literal.length() - 1) : literal;
        String[] parts = text.split("\\.", -1);
        if (parts.length > MAX_PARTS) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            int bits = isLast ? 8 * (MAX_PARTS + 1 - parts.length) : 8;
            long part = number(parts[i]);
            if (part < 0 || part >= 1L << bits) {
                return null;
            }
            address = address << bits | part;
        }
        return ofBytes((byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address);
    }

    /** Hexadecimal after 0x, octal after 0, else decimal; -1 for no number. */
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
            throw new IllegalArgumentException("neither 4 nor 16 bytes", e);
        }
    }
}
