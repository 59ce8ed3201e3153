package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.util.Collection;

/** Progress of a copy. Called from many threads at once; must be thread-safe and quick. */
public interface CopyListener {
    /** Hears nothing. */
    CopyListener NONE = new Silent();

    /** The source was resolved. */
    void resolved(ImageReference source, Digest digest);

    /** A destination repository may need these blobs; other destinations may have said so before. */
    void planned(Collection<Descriptor> blobs);

    /** A read of the blob begins, from its start; more than once if faults or slow destinations make it necessary. */
    void blobStarted(Descriptor blob);

    /** {@code bytes} more of the blob were read for the destinations that share the read. */
    void blobProgress(Descriptor blob, long bytes);

    /** A destination repository has the blob, by upload, mount or because it was there. */
    void blobDone(Descriptor blob, String repository);

    /** A destination ended. */
    void destinationDone(DestinationReport report);

    /** Ignores everything: base of listeners to whom only some events matter, whatever events are added. */
    class Silent implements CopyListener {
        /** Ignores all events that are not overridden. */
        public Silent() {}

        @Override
        public void resolved(ImageReference source, Digest digest) {}

        @Override
        public void planned(Collection<Descriptor> blobs) {}

        @Override
        public void blobStarted(Descriptor blob) {}

        @Override
        public void blobProgress(Descriptor blob, long bytes) {}

        @Override
        public void blobDone(Descriptor blob, String repository) {}

        @Override
        public void destinationDone(DestinationReport report) {}
    }
}
