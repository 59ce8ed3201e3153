package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Parses a job's parameters and environment as the worker would. */
final class LocalRequest {
    private static final String REFERRERS = "MIRROR_REFERRERS";

    private LocalRequest() {}

    /** @throws IllegalArgumentException naming what is wrong with the job */
    static CopyRequest of(CopyJobSpec job) {
        ImageReference source = ImageReference.parse(parameter(job, CopyJobSpec.SOURCE));
        if (source.digest() == null) {
            throw new IllegalArgumentException("source " + source + " is not pinned; it needs a digest");
        }
        List<ImageReference> destinations = Arrays.stream(
                        parameter(job, CopyJobSpec.DESTINATIONS).split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(ImageReference::parse)
                .distinct()
                .toList();
        return new CopyRequest(source, destinations, referrers(job), false);
    }

    private static String parameter(CopyJobSpec job, String name) {
        String value = job.parameters().getOrDefault(name, "").trim();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("parameter '" + name + "' is missing");
        }
        return value;
    }

    private static boolean referrers(CopyJobSpec job) {
        String value = job.environment().getOrDefault(REFERRERS, "").trim();
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "", "false", "0", "no" -> false;
            default ->
                throw new IllegalArgumentException(
                        REFERRERS + " is '" + value + "' is invalid; expected true or false");
        };
    }
}
