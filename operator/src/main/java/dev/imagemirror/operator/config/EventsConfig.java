package dev.imagemirror.operator.config;

/**
 * AWS events.
 *
 * @param queue URL of the SQS queue, or empty if there is none
 */
public record EventsConfig(String queue) {
    static EventsConfig read(Section events) {
        return new EventsConfig(events.read(
                "queue",
                "",
                new Format<>("the URL of an SQS queue", Values::optionalUrl),
                "SQS queue of events from ECR, Batch and the mirror table; used instead of the table's stream"));
    }

    /** Whether there is a queue. */
    public boolean hasQueue() {
        return !queue.isEmpty();
    }
}
