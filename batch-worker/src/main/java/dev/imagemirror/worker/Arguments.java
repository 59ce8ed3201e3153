package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.image.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parses the command line into a request: references, default tags, destinations in one or several arguments. */
final class Arguments {
    private Arguments() {}

    /**
     * @param words destinations, which may be separated by commas or white space within an argument
     * @throws InvalidReferenceException naming the reference and its fault
     */
    static CopyRequest request(String from, List<String> words, boolean referrers, boolean dryRun) {
        ImageReference source = ImageReference.parse(from.trim()).withDefaultTag();
        Set<ImageReference> destinations = new LinkedHashSet<>();
        words.stream()
                .filter(Redaction::hasUserInformation)
                .findFirst()
                .ifPresent(ImageReference::parse); // which rejects it
        for (String word : split(words)) {
            destinations.add(destination(word, source));
        }
        if (destinations.isEmpty()) {
            throw new UsageException("no destination given");
        }
        return new CopyRequest(source, List.copyOf(destinations), referrers, dryRun);
    }

    /** Splits arguments that hold several values. */
    static List<String> split(List<String> words) {
        List<String> references = new ArrayList<>();
        for (String word : words) {
            for (String reference : word.split("[,\\s]+", -1)) {
                if (!reference.isEmpty()) {
                    references.add(reference);
                }
            }
        }
        return references;
    }

    private static ImageReference destination(String word, ImageReference source) {
        ImageReference destination = ImageReference.parse(word);
        if (destination.digest() != null) {
            throw new InvalidReferenceException(word, "a destination has a tag, not a digest");
        }
        if (destination.tag() == null) {
            if (source.tag() == null) {
                throw new InvalidReferenceException(word, "it needs a tag, since the source " + source + " has none");
            }
            destination = destination.withTag(source.tag());
        }
        if (source.digest() == null && destination.identity().equals(source.identity())) {
            throw new InvalidReferenceException(word, "it is the source itself");
        }
        return destination;
    }
}
