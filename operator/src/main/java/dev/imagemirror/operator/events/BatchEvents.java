package dev.imagemirror.operator.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses {@code Batch Job State Change}: its detail is the job as returned by {@code DescribeJobs}. */
final class BatchEvents {
    /** Other states say nothing about a copy that is worth a pass. */
    private static final Set<String> STATES = Set.of("RUNNING", "SUCCEEDED", "FAILED");

    /** The maximum per job, see {@link CopyJobSpec}. */
    private static final int MOST_DESTINATIONS = 30;

    private BatchEvents() {}

    static AwsEvent read(JsonNode event) {
        JsonNode job = event.path("detail");
        String state = job.path("status").asText();
        if (!event.path("detail-type").asText().equals("Batch Job State Change") || !STATES.contains(state)) {
            return new AwsEvent.Irrelevant(
                    "of Batch: " + MessageExcerpt.of(event.path("detail-type").asText() + " " + state));
        }
        JsonNode id = job.path("jobId");
        if (!id.isTextual() || id.textValue().isEmpty()) {
            throw new UnreadableEventException(
                    "a Batch Job State Change without a job: " + MessageExcerpt.of(event.toString()));
        }
        String destinations =
                job.path("parameters").path(CopyJobSpec.DESTINATIONS).asText("");
        return new AwsEvent.JobChanged(id.textValue(), references(destinations));
    }

    private static List<ImageReference> references(String texts) {
        List<ImageReference> references = new ArrayList<>();
        for (String text : texts.split("[,\\s]+", MOST_DESTINATIONS + 1)) {
            reference(text).ifPresent(references::add);
        }
        return references;
    }

    /** Empty if invalid, as in jobs submitted by hand. */
    private static Optional<ImageReference> reference(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (InvalidReferenceException e) {
            return Optional.empty();
        }
    }
}
