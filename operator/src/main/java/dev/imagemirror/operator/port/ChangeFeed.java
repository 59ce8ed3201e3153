package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import java.util.Collection;

/** Port: changes of the mirror table, and of what else is heard of. Thread-safe. */
public interface ChangeFeed extends AutoCloseable {
    /** Hears of changes; quick, never throws. */
    interface Listener {
        /** The row was put, changed or removed. */
        void changed(EntryKey key);

        /** Changes may have been missed: list again. */
        void lost();

        /**
         * A registry says that an image was pushed or removed.
         *
         * @param image with its tag, or without one if only its digest is known
         * @param removed true if it was removed
         */
        void imageChanged(ImageReference image, boolean removed);

        /**
         * The queue says that a job is in another state.
         *
         * @param jobId the job's
         * @param destinations what it copies to, with tags, as far as that is known
         */
        void jobChanged(String jobId, Collection<ImageReference> destinations);
    }

    /** Hears of nothing. */
    ChangeFeed NONE = new ChangeFeed() {
        @Override
        public void start(Listener listener) {
            // there is nothing to hear
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    };

    /** Begins; changes from now on are heard of. Called once. */
    void start(Listener listener);

    @Override
    void close();
}
