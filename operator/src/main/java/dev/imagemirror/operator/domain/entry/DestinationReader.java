package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.domain.Excerpt;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Destination} attribute: a string, a comma-separated string, a set or a list. */
final class DestinationReader {
    private static final int MAX_DESTINATIONS = 200;
    private static final int MAX_PROBLEMS = 50;
    private static final String WRITE = "one or more image references, such as registry.example.com/team/golang";

    private final AttributeReader row;
    private final List<Problem> problems = new ArrayList<>();
    private final AttributeReader faults = new AttributeReader(Map.of(), "", problems);

    private DestinationReader(AttributeReader row) {
        this.row = row;
    }

    /** The distinct destinations; empty if there are problems. */
    static List<ImageReference> read(RowReading row, String name) {
        return new DestinationReader(row.attributes()).read(row.attributes().value(name), row);
    }

    private List<ImageReference> read(@Nullable Object value, RowReading reading) {
        ImageReference source = reading.source();
        if (value == null) {
            return none("is missing; write " + WRITE);
        }
        List<String> texts = texts(value);
        if (texts.size() > MAX_DESTINATIONS) {
            return none("has " + texts.size() + " references; write at most " + MAX_DESTINATIONS
                    + ", and the rest to rows with another #owner");
        }
        Map<ImageReference, ImageReference> distinct = new LinkedHashMap<>();
        for (String text : texts) {
            ImageReference destination = ReferenceText.parse(text, MirrorRow.DESTINATION, faults);
            if (destination != null && isFitting(destination, source, reading.selectsTags())) {
                distinct.putIfAbsent(effective(destination, source).identity(), destination);
            }
        }
        report();
        return problems.isEmpty() ? List.copyOf(distinct.values()) : List.of();
    }

    private List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof String text) {
            split(text, texts);
        } else if (value instanceof List || value instanceof Set) {
            splitAll((Collection<?>) value, texts);
        } else {
            faults.wrongType(MirrorRow.DESTINATION, value, WRITE);
        }
        if (texts.isEmpty() && problems.isEmpty()) {
            fault("is empty; write " + WRITE);
        }
        return texts;
    }

    private void splitAll(Collection<?> elements, List<String> texts) {
        for (Object element : elements) {
            if (element instanceof String text) {
                split(text, texts);
            } else {
                fault("contains an element that is " + AttributeReader.typeOf(element) + "; write strings (S)");
            }
        }
        if (elements instanceof Set) {
            // Sets are unordered; sort, so that the same row always reads the same.
            List<String> sorted = List.copyOf(new TreeSet<>(texts));
            texts.clear();
            texts.addAll(sorted);
        }
    }

    /** A password may contain commas: its parts must not be parsed, let alone shown, as references. */
    private static void split(String text, List<String> texts) {
        if (Redaction.hasUserInformation(text)) {
            texts.add(text.strip());
            return;
        }
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                texts.add(part.strip());
            }
        }
    }

    private boolean isFitting(ImageReference destination, @Nullable ImageReference source, boolean selectsTags) {
        if (destination.digest() != null) {
            return fault(quoted(destination)
                    + " has a digest, but the source determines the digest; write it with or without a tag");
        }
        if (selectsTags && destination.tag() != null) {
            return fault(quoted(destination) + " has a tag, but Tags selects many; write " + destination.name());
        }
        if (source == null) {
            return true;
        }
        boolean tagless = destination.tag() == null && !selectsTags;
        if (tagless && source.tag() == null) {
            return fault(quoted(destination) + " has no tag, and the source has only a digest; write "
                    + destination.name() + ":TAG");
        }
        return true;
    }

    private static ImageReference effective(ImageReference destination, @Nullable ImageReference source) {
        return destination.tag() != null || source == null ? destination : destination.withTag(source.tag());
    }

    private static String quoted(ImageReference reference) {
        return Excerpt.quoted(reference);
    }

    private boolean fault(String fault) {
        problems.add(new Problem(MirrorRow.DESTINATION, fault));
        return false;
    }

    private List<ImageReference> none(String fault) {
        fault(fault);
        report();
        return List.of();
    }

    private void report() {
        problems.stream().limit(MAX_PROBLEMS).forEach(problem -> row.fault(problem.attribute(), problem.fault()));
        if (problems.size() > MAX_PROBLEMS) {
            row.fault(MirrorRow.DESTINATION, "has " + (problems.size() - MAX_PROBLEMS) + " more problems of this kind");
        }
    }
}
