package dev.imagemirror.testing.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.testing.registry.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A config or layer of an image. Immutable; do not change the array that comes from it. */
public final class TestingBlob {
    private final String mediaType;
    private final byte[] bytes;
    private final String digest;
    private final List<String> urls;
    private final Map<String, String> annotations;

    TestingBlob(String mediaType, byte[] bytes, List<String> urls, Map<String, String> annotations) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.digest = Hashes.sha256(bytes);
        this.urls = List.copyOf(urls);
        this.annotations = Map.copyOf(annotations);
    }

    /** A blob of any type, without annotations. */
    public static TestingBlob of(String mediaType, byte[] bytes) {
        return new TestingBlob(mediaType, bytes, List.of(), Map.of());
    }

    /** A blob of text. */
    public static TestingBlob text(String mediaType, String text, Map<String, String> annotations) {
        return new TestingBlob(mediaType, text.getBytes(StandardCharsets.UTF_8), List.of(), annotations);
    }

    /** The sha256 digest. */
    public String digest() {
        return digest;
    }

    /** The media type of its descriptor. */
    public String mediaType() {
        return mediaType;
    }

    /** The length in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The content, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether it is a foreign layer, which registries need not have. */
    public boolean foreign() {
        return !urls.isEmpty();
    }

    ObjectNode descriptor() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("size", bytes.length)
                .put("digest", digest);
        urls.forEach(node.withArray("urls")::add);
        if (urls.isEmpty()) {
            node.remove("urls");
        }
        if (!annotations.isEmpty()) {
            ObjectNode target = node.putObject("annotations");
            annotations.forEach(target::put);
        }
        return node;
    }
}
