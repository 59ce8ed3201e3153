package dev.imagemirror.image;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates host names and addresses of registries: what a URI cannot hold is invalid. */
final class RegistryHost {
    private static final int MAX_LENGTH = 255;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern OCTET = Pattern.compile("25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final int IPV6_GROUPS = 8;

    private RegistryHost() {}

    /** The canonical form of {@code host}; null if invalid. An IPv6 literal is in brackets. */
    static @Nullable String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return canonicalIpv6(lower);
        }
        return lower.length() <= MAX_LENGTH && isName(lower.split("\\.", -1)) ? lower : null;
    }

    /** RFC 3696, section 2: a last label of digits makes it an address. {@link java.net.URI} wants a leading letter. */
    private static boolean isName(String[] labels) {
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        String last = labels[labels.length - 1];
        boolean numeric = last.chars().allMatch(RegistryHost::isDigit);
        boolean isAddress = numeric || (labels.length > 1 && isDigit(last.charAt(0)));
        return !isAddress || isIpv4(labels);
    }

    private static boolean isIpv4(String[] labels) {
        for (String label : labels) {
            if (!OCTET.matcher(label).matches()) {
                return false;
            }
        }
        return labels.length == 4;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable String canonicalIpv6(String literal) {
        if (!IPV6.matcher(literal).matches()
                || literal.chars().filter(c -> c == ':').count() < 2) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(literal); // in brackets: never looked up as a name
            byte[] bytes = address.getAddress();
            return bytes.length == 4 ? "[::ffff:" + address.getHostAddress() + "]" : "[" + compressed(bytes) + "]";
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** RFC 5952: no leading zeros, and {@code ::} for the first of the longest runs of at least two zero groups. */
    private static String compressed(byte[] address) {
        int[] groups = new int[IPV6_GROUPS];
        for (int i = 0; i < IPV6_GROUPS; i++) {
            groups[i] = ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff);
        }
        int start = 0;
        int length = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                start = i;
                length = zeros;
            }
        }
        return length < 2
                ? joined(groups, 0, IPV6_GROUPS)
                : joined(groups, 0, start) + "::" + joined(groups, start + length, IPV6_GROUPS);
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String joined(int[] groups, int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
