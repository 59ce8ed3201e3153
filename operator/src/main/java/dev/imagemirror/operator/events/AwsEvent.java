package dev.imagemirror.operator.events;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.List;

/** An event in the AWS account. */
public sealed interface AwsEvent {
    /** Notifies the listener. */
    void tell(ChangeFeed.Listener listener);

    /** A row of the mirror table was put, changed or removed. */
    record RowChanged(EntryKey key) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            listener.changed(key);
        }
    }

    /**
     * An ECR image was pushed or removed.
     *
     * @param image with its tag; with neither tag nor digest if untagged
     * @param removed true if it was removed
     */
    record ImageChanged(ImageReference image, boolean removed) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            listener.imageChanged(image, removed);
        }
    }

    /**
     * A Batch job changed state.
     *
     * @param jobId its id
     * @param destinations its destinations; empty if not in the job's parameters
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
     * An event to ignore.
     *
     * @param what description
     */
    record Irrelevant(String what) implements AwsEvent {
        @Override
        public void tell(ChangeFeed.Listener listener) {
            // no one to notify
        }
    }
}
