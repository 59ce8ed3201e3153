package dev.imagemirror.testing.image;

import dev.imagemirror.testing.registry.Hashes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A layer before a manifest gives it its media type. Immutable; do not change the arrays that come from it. */
public final class TestingLayer {
    private static final byte[] EMPTY_TAR = new byte[1024];

    /** Docker's empty layer, byte for byte: sha256:a3ed95caeb02ffe68cdd9fd84406680ae93d633cb16422d00e8a7c22955b46d4. */
    private static final byte[] EMPTY_GZIP =
            HexFormat.of().parseHex("1f8b080000096e8800ff621805a360148c5800080000ffff2eafb5ef00040000");

    private final LayerKind kind;
    private final byte[] bytes;
    private final String diffId;
    private final List<String> urls;

    private TestingLayer(LayerKind kind, byte[] bytes, String diffId, List<String> urls) {
        this.kind = kind;
        this.bytes = bytes;
        this.diffId = diffId;
        this.urls = urls;
    }

    /** A layer with one file of {@code size} random bytes; the same seed gives the same layer. */
    public static TestingLayer random(LayerKind kind, int size, long seed) {
        byte[] tar = Tar.of(size, seed);
        return new TestingLayer(kind, kind.encode(tar), Hashes.sha256(tar), List.of());
    }

    /** The empty layer that Docker gives to instructions without files. */
    public static TestingLayer empty() {
        return new TestingLayer(LayerKind.GZIP, EMPTY_GZIP, Hashes.sha256(EMPTY_TAR), List.of());
    }

    /** The same layer as a foreign (non-distributable) one, to be had at these URLs and not from the registry. */
    public TestingLayer foreign(String... locations) {
        return new TestingLayer(kind, bytes, diffId, List.of(locations));
    }

    String diffId() {
        return diffId;
    }

    TestingBlob blob(boolean docker) {
        boolean foreign = !urls.isEmpty();
        String mediaType = docker ? kind.dockerType(foreign) : kind.ociType(foreign);
        return new TestingBlob(mediaType, bytes, urls, Map.of());
    }
}
