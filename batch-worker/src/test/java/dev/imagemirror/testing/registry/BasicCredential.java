package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** User and password of an {@code Authorization: Basic} header (RFC 7617). */
public record BasicCredential(String user, String password) {
    /** Reads the credential in the header {@code name}; empty if there is none of this scheme. */
    public static Optional<BasicCredential> read(Headers headers, String name) {
        String value = headers.first(name).orElse("");
        if (!value.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        byte[] decoded =
                Base64.getDecoder().decode(value.substring("basic ".length()).strip());
        String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        return Optional.of(new BasicCredential(parts[0], parts.length == 2 ? parts[1] : ""));
    }
}
