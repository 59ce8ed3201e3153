package dev.imagemirror.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A content digest such as {@code sha256:<64 hex>}, the identity of a blob or manifest.
 *
 * <p>Only the algorithms registered by the OCI image specification ("Digests") are accepted. Immutable, thread-safe.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the lower-case hexadecimal value
 */
public record Digest(String algorithm, String hex) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA512 = Pattern.compile("[0-9a-f]{128}");

    /** Longest part of an invalid text that a message quotes. */
    private static final int MAX_SHOWN = 160;

    /** Rejects unregistered algorithms and values of the wrong length or alphabet. */
    public Digest {
        Pattern expected = switch (algorithm) {
            case "sha256" -> SHA256;
            case "sha512" -> SHA512;
            default ->
                throw new IllegalArgumentException(
                        "digest algorithm '" + shown(algorithm) + "' is not supported; use sha256 or sha512");
        };
        if (!expected.matcher(hex).matches()) {
            throw new IllegalArgumentException("a " + algorithm + " digest has "
                    + (algorithm.equals("sha256") ? 64 : 128) + " lower-case hexadecimal characters, not '"
                    + shown(hex) + "'");
        }
        algorithm = algorithm.intern(); // one of two, kept by hundreds of thousands of digests
    }

    /**
     * Parses {@code algorithm:hex}; equal digests share their text, since source, destinations and history repeat them.
     *
     * @throws IllegalArgumentException naming the fault
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("digest '" + shown(text) + "' has no algorithm; write sha256:<64 hex>");
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1).intern());
    }

    /** The sha256 digest of {@code content}. */
    public static Digest sha256(byte[] content) {
        return ofHash("sha256", newHash("sha256").digest(content));
    }

    /** The digest with the raw hash value {@code hash}. */
    public static Digest ofHash(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A new hash function of this digest's algorithm; not thread-safe. */
    public MessageDigest newHash() {
        return newHash(algorithm);
    }

    /** True if {@code content} has this digest. */
    public boolean matches(byte[] content) {
        return equals(ofHash(algorithm, newHash().digest(content)));
    }

    /** True if the same content cannot have both digests: same algorithm, different value. */
    public boolean contradicts(Digest other) {
        return algorithm.equals(other.algorithm) && !equals(other);
    }

    private static String shown(String hex) {
        return hex.length() <= MAX_SHOWN ? hex : hex.substring(0, MAX_SHOWN) + "…";
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest newHash(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must support " + algorithm, e);
        }
    }
}
