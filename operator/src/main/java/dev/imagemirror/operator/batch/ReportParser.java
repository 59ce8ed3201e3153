package dev.imagemirror.operator.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.CopyResult;
import dev.imagemirror.operator.domain.JobReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the worker's report line. What is unknown is passed over, and so is a destination that makes no sense: the text
 * comes from a log that others can write to.
 */
final class ReportParser {
    /** What the line begins with; see the worker's {@code ReportLine}. */
    static final String PREFIX = "MIRROR-REPORT ";

    private static final Set<String> OUTCOMES =
            Set.of(CopyResult.COPIED.word(), CopyResult.PRESENT.word(), CopyResult.FAILED.word());
    private static final int LONGEST_TEXT = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportParser() {}

    /** The report at the beginning of the text, or empty if there is none with at least one destination. */
    static Optional<JobReport> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<JobReport.Outcome> outcomes = new ArrayList<>();
        for (JsonNode destination : json(text.substring(PREFIX.length())).path("destinations")) {
            outcome(destination).ifPresent(outcomes::add);
        }
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(new JobReport(outcomes));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static Optional<JobReport.Outcome> outcome(JsonNode json) {
        String outcome = json.path("outcome").asText();
        Optional<ImageReference> destination = reference(json.path("destination"));
        if (destination.isEmpty() || !OUTCOMES.contains(outcome)) {
            return Optional.empty();
        }
        long bytes = json.path("bytes").canConvertToLong() ? json.path("bytes").asLong() : 0;
        return Optional.of(new JobReport.Outcome(
                destination.get(),
                outcome,
                Math.max(0, bytes),
                text(json.path("reason")),
                text(json.path("error")),
                text(json.path("throttledBy"))));
    }

    private static Optional<ImageReference> reference(JsonNode json) {
        try {
            ImageReference reference = ImageReference.parse(json.asText());
            return reference.tag() == null || reference.digest() != null ? Optional.empty() : Optional.of(reference);
        } catch (InvalidReferenceException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(JsonNode json) {
        if (!json.isTextual() || json.textValue().isBlank()) {
            return null;
        }
        return json.textValue().substring(0, Math.min(json.textValue().length(), LONGEST_TEXT));
    }
}
