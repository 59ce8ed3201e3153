package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import java.util.Collection;

/** Ignores everything: base of listeners to whom only some events matter, whatever events are added. */
public class SilentCopyListener implements CopyListener {
    /** Ignores all events that are not overridden. */
    public SilentCopyListener() {}

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
