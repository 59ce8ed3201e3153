package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it heard. */
final class TestingListener implements ChangeFeed.Listener {
    private final List<String> sources = new CopyOnWriteArrayList<>();
    private final AtomicInteger losses = new AtomicInteger();

    @Override
    public void changed(EntryKey key) {
        sources.add(key.text());
    }

    @Override
    public void lost() {
        losses.incrementAndGet();
    }

    @Override
    public void imageChanged(ImageReference image, boolean removed) {
        throw new AssertionError("a table's stream tells of rows only");
    }

    @Override
    public void jobChanged(String jobId, Collection<ImageReference> destinations) {
        throw new AssertionError("a table's stream tells of rows only");
    }

    List<String> sources() {
        return sources;
    }

    int losses() {
        return losses.get();
    }
}
