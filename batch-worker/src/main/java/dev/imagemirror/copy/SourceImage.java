package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.registry.ErrorKind;
import dev.imagemirror.registry.ManifestContent;
import dev.imagemirror.registry.RegistryException;
import java.util.HashMap;
import java.util.Map;

/** The source's manifests, each read once and verified. Thread-safe. */
final class SourceImage {
    /** Bound of what is held in memory; an index of a hundred platforms has less than 200 KiB. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    /** @param content as it was read */
    record Document(ManifestContent content, Manifest manifest) {}

    private final SourceRepository source;
    private final Map<Digest, Document> documents = new HashMap<>();
    private long bytes;

    SourceImage(SourceRepository source) {
        this.source = source;
    }

    synchronized Document document(Digest digest) throws RegistryException {
        Document known = documents.get(digest);
        if (known != null) {
            return known;
        }
        ManifestContent content = source.manifest(digest);
        bytes += content.bytes().length;
        if (bytes > MAX_BYTES) {
            throw invalid(digest, "the image's manifests have more than " + MAX_BYTES + " bytes in all");
        }
        Document document = new Document(content, parse(digest, content));
        documents.put(digest, document);
        return document;
    }

    static RegistryException invalid(Digest digest, String fault) {
        return new RegistryException(ErrorKind.INVALID_IMAGE, "manifest " + digest + " cannot be copied: " + fault);
    }

    private static Manifest parse(Digest digest, ManifestContent content) throws RegistryException {
        try {
            return ManifestParser.parse(content.bytes(), content.contentType());
        } catch (InvalidManifestException e) {
            throw invalid(digest, e.getMessage());
        }
    }
}
