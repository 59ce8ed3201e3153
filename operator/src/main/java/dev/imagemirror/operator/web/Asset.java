package dev.imagemirror.operator.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A dashboard file from the class path. Immutable. */
final class Asset {
    /** The page itself. */
    static final String PAGE = "index.html";
    /** All files; nothing else is served. */
    static final List<String> NAMES = List.of(
            PAGE,
            "style.css",
            "app.js",
            "api.js",
            "dom.js",
            "format.js",
            "overview.js",
            "panels.js",
            "table.js",
            "details.js",
            "icon.svg");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String type;
    private final byte[] content;
    private final String tag;

    private Asset(String type, byte[] content) {
        this.type = type;
        this.content = content;
        this.tag = "\"" + sha256(content).substring(0, 24) + "\"";
    }

    /** Its media type. */
    String type() {
        return type;
    }

    InputStream content() {
        return new ByteArrayInputStream(content);
    }

    /** {@code ETag}: changes with the content. */
    String tag() {
        return tag;
    }

    static Asset read(String name) {
        try (InputStream in = Asset.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard's " + name + " is missing from the class path");
            }
            return new Asset(
                    Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name),
                    in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
