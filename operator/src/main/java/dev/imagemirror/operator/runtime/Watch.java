package dev.imagemirror.operator.runtime;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.catalog.NotifyingStatusTable;
import dev.imagemirror.operator.catalog.TableReading;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.LoopListener;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.reconcile.PassListener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who observes the running operator.
 *
 * @param catalog follows both tables; null if nothing reads it
 * @param loop notified of passes
 * @param passes notified of what passes do
 */
record Watch(@Nullable EntryCatalog catalog, LoopListener<EntryKey> loop, PassListener passes) {
    /** No observers. */
    static final Watch NONE = new Watch(null, LoopListener.none(), PassListener.NONE);

    /** The ports, with a status table that reports writes to the catalog. */
    Ports over(Ports ports) {
        if (catalog == null) {
            return ports;
        }
        return new Ports(
                ports.mirrors(),
                new NotifyingStatusTable(ports.statuses(), catalog::changed),
                ports.registries(),
                ports.jobs(),
                ports.repositories());
    }

    /** Receives what the loop lists: the catalog, if there is one. */
    TableReading listing() {
        return catalog == null ? TableReading.NONE : catalog.listing();
    }

    /** The listener, plus the catalog if there is one, which {@link #listing} feeds with listings. */
    ChangeFeed.Listener beside(ChangeFeed.Listener listener) {
        if (catalog == null) {
            return listener;
        }
        return new ChangeFeed.Listener() {
            @Override
            public void changed(EntryKey key) {
                listener.changed(key);
                catalog.changed(key);
            }

            @Override
            public void lost() {
                listener.lost();
            }

            @Override
            public void imageChanged(ImageReference image, boolean removed) {
                listener.imageChanged(image, removed);
            }

            @Override
            public void jobChanged(String jobId, Collection<ImageReference> destinations) {
                listener.jobChanged(jobId, destinations);
            }
        };
    }
}
