package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The source's manifests, each read once and verified, and who names what. Thread-safe. */
final class SourceImage {
    /** Bound of what is held in memory; an index of a hundred platforms has less than 200 KiB. */
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    /** What may be repeated of a document's text. */
    private static final Pattern FOREIGN = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** @param content as it was read */
    record Document(ManifestContent content, Manifest manifest) {}

    /**
     * What the source has under a digest that a list names.
     *
     * @param document null if it is not what was looked for
     * @param isThere false if the source does not have it
     */
    record Listed(@Nullable Document document, boolean isThere) {
        private static final Listed STRANGER = new Listed(null, true);
        private static final Listed ABSENT = new Listed(null, false);
    }

    /** An entry of a document, for messages. */
    private record Entry(Digest parent, Descriptor descriptor) {}

    private final SourceRepository source;
    private final Map<Digest, Document> documents = new HashMap<>();
    private final Map<Digest, Entry> entries = new HashMap<>();
    private final Set<Digest> blobs = new HashSet<>();
    private long bytes;

    SourceImage(SourceRepository source) {
        this.source = source;
    }

    synchronized Document document(Digest digest) throws RegistryException {
        Document known = documents.get(digest);
        return known != null ? known : keep(digest, source.manifest(digest), "");
    }

    /**
     * The document that an index lists, or null if it lists a blob, such as an in-toto statement: of a media type that
     * registries need not know, only what the source serves says which of the two it is.
     *
     * @throws RegistryException with {@link ErrorKind#INCOMPLETE_SOURCE} if the source lacks it
     */
    synchronized @Nullable Document child(Descriptor child) throws RegistryException {
        Digest digest = child.digest();
        if (documents.containsKey(digest)) {
            return documents.get(digest);
        }
        if (MediaTypes.isAnyManifest(child.mediaType())) {
            try {
                return document(digest);
            } catch (RegistryException e) {
                throw e.kind() == ErrorKind.SOURCE_NOT_FOUND ? e.as(ErrorKind.INCOMPLETE_SOURCE, lacking(digest)) : e;
            }
        }
        return blobs.contains(digest) ? null : childOfUnknownType(child);
    }

    /**
     * The document if {@code wanted} takes it and the source has it: lists name anything. Whether it is one that the source
     * refuses to serve cannot be known, so that this is an error.
     */
    synchronized Listed listed(Digest digest, Predicate<Manifest> wanted) throws RegistryException {
        Document known = documents.get(digest);
        if (known != null) {
            return wanted.test(known.manifest()) ? new Listed(known, true) : Listed.STRANGER;
        }
        try {
            ManifestContent content = source.manifest(digest);
            Manifest manifest = ManifestParser.parse(content.bytes(), content.contentType());
            return wanted.test(manifest) ? new Listed(keep(digest, content, ""), true) : Listed.STRANGER;
        } catch (InvalidManifestException e) {
            return Listed.STRANGER;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.SOURCE_NOT_FOUND) {
                return Listed.ABSENT;
            }
            throw e;
        }
    }

    private @Nullable Document childOfUnknownType(Descriptor child) throws RegistryException {
        String type = MediaTypes.isWellFormed(child.mediaType()) ? child.mediaType() : "";
        try {
            return keep(child.digest(), source.manifest(child.digest(), type), type);
        } catch (RegistryException e) {
            if (e.kind() != ErrorKind.SOURCE_NOT_FOUND && !e.isOwnRefusal()) {
                throw e;
            }
            blobs.add(child.digest());
            return null;
        }
    }

    /** What to say if the source does not have what one of its documents names. */
    synchronized String lacking(Digest digest) {
        Entry entry = entries.get(digest);
        if (entry == null) {
            return source.origin() + " does not have " + digest + "; push the image to the source again";
        }
        return describe(entry.parent()) + " lists " + name(entry.descriptor()) + " (" + digest
                + "), which does not exist in the source; push the image to the source again, with everything it"
                + " references";
    }

    /** The platform of a manifest's own entry says more than its digest. */
    private String describe(Digest document) {
        boolean index = documents.containsKey(document)
                && !documents.get(document).manifest().manifests().isEmpty();
        Entry own = entries.get(document);
        String platform = own == null || own.descriptor().platform() == null ? "" : " (" + name(own.descriptor()) + ")";
        return (index ? "index " : "manifest ") + source.origin() + "@" + document + platform;
    }

    private static String name(Descriptor descriptor) {
        String name = descriptor.platform() == null
                ? descriptor.mediaType()
                : descriptor.platform().toString();
        return FOREIGN.matcher(name).matches() ? name : "content";
    }

    private Document keep(Digest digest, ManifestContent content, String typeOfEntry) throws RegistryException {
        bytes += content.bytes().length;
        if (bytes > MAX_BYTES) {
            throw invalid(digest, "the image's manifests exceed " + MAX_BYTES + " bytes in total");
        }
        Document document = new Document(content, parse(digest, content, typeOfEntry));
        documents.put(digest, document);
        document.manifest().manifests().forEach(child -> entries.putIfAbsent(child.digest(), new Entry(digest, child)));
        document.manifest().blobs().forEach(blob -> entries.putIfAbsent(blob.digest(), new Entry(digest, blob)));
        return document;
    }

    static RegistryException invalid(Digest digest, String fault) {
        return new RegistryException(ErrorKind.INVALID_IMAGE, "manifest " + digest + " cannot be copied: " + fault);
    }

    private static Manifest parse(Digest digest, ManifestContent content, String typeOfEntry) throws RegistryException {
        try {
            return ManifestParser.parse(content.bytes(), content.contentType(), typeOfEntry);
        } catch (InvalidManifestException e) {
            throw invalid(digest, String.valueOf(e.getMessage()));
        }
    }
}
