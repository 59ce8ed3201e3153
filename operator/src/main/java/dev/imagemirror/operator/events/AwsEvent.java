package dev.imagemirror.operator.events;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.List;

/** Something that happened in the account. */
public sealed interface AwsEvent {
    /** Tells the listener what it has to know. */
    void tell(ChangeFeed.Listener listener);

    /** A row of the mirror table was put, changed or removed. */
    record RowChanged(EntryKey key) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            listener.changed(key);
        }
    }

    /**
     * An image in ECR was pushed or removed.
     *
     * @param image with its tag, or with neither tag nor digest if it has no tag
     * @param removed true if it was removed
     */
    record ImageChanged(ImageReference image, boolean removed) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            listener.imageChanged(image, removed);
        }
    }

    /**
     * A Batch job is in another state.
     *
     * @param jobId its id
     * @param destinations what it copies to; empty if the job's parameters do not say
     */
    record JobChanged(String jobId, List<ImageReference> destinations) implements AwsEvent {
        /** Copies the list. */
        public JobChanged {
            destinations = List.copyOf(destinations);
        }

        @Override
        public void tell(ChangeFeed.Listener listener) {
            listener.jobChanged(jobId, destinations);
        }
    }

    /**
     * Something that concerns nobody here.
     *
     * @param what it is
     */
    record Irrelevant(String what) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            // nobody waits for it
        }
    }
}
