package dev.imagemirror.testing.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Digests in the form {@code algorithm:hex} (OCI image specification, descriptor, "Digests"). */
public final class Hashes {
    private static final Map<String, String> ALGORITHMS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private Hashes() {}

    /** The sha256 digest of the bytes, with its prefix. */
    public static String sha256(byte[] bytes) {
        return "sha256:" + hex(algorithm("sha256").digest(bytes));
    }

    static boolean wellFormed(String digest) {
        return digest.matches("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    }

    static String prefixOf(String digest) {
        return digest.substring(0, digest.indexOf(':'));
    }

    static MessageDigest algorithm(String prefix) {
        try {
            return MessageDigest.getInstance(ALGORITHMS.get(prefix));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + prefix, e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
