package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import java.util.Collection;

/** Port: change notifications, from the mirror table and other sources. Thread-safe. */
public interface ChangeFeed extends AutoCloseable {
    /** Receives changes; quick, never throws. */
    interface Listener {
        /** The row was put, changed or removed. */
        void changed(EntryKey key);

        /** Changes may have been missed: list again. */
        void lost();

        /**
         * A registry reports an image pushed or removed.
         *
         * @param image with its tag, or without one if only its digest is known
         * @param removed true if it was removed
         */
        void imageChanged(ImageReference image, boolean removed);

        /**
         * The queue reports a job's state change.
         *
         * @param jobId the job's id
         * @param destinations the job's destinations, with tags, where known
         */
        void jobChanged(String jobId, Collection<ImageReference> destinations);
    }

    /** A feed without changes. */
    ChangeFeed NONE = new ChangeFeed() {
        @Override
        public void start(Listener listener) {
            // nothing to subscribe to
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    /** Starts the feed; reports all changes from now on. Called once. */
    void start(Listener listener);

    @Override
    void close();
}
