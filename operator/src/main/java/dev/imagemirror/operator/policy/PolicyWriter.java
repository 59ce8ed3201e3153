package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.domain.entry.RowAttribute;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exports rows as policies: grouped by manager, suspension and interval, each source once, up to the maximum number per
 * policy. Rows that a policy cannot express become comments. Used once.
 */
public final class PolicyWriter {
    /** Quote all strings: YAML reinterprets {@code on}, {@code 1_0} and {@code 12:30}. */
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.SPLIT_LINES));

    private static final PolicyFields OF_SPEC = new PolicyFields(RowAttributes.OF_SPEC);
    private static final PolicyFields OF_MIRROR = new PolicyFields(RowAttributes.OF_MIRROR);
    /** Attributes that a policy declares or implies. */
    private static final Set<RowAttribute<?>> SAYABLE = Stream.of(
                    RowAttributes.OF_SPEC, RowAttributes.OF_MIRROR, RowAttributes.OF_MANAGER)
            .flatMap(List::stream)
            .collect(Collectors.toSet());

    /**
     * Rows that one policy can declare together.
     *
     * @param manager null for unmanaged rows
     * @param common fields shared by all the policy's mirrors
     */
    private record Group(@Nullable String manager, Map<String, Object> common) {}

    /** A document being built. */
    private record Part(Group group, Set<String> sources, List<Map<String, Object>> mirrors) {
        boolean takes(String source) {
            return mirrors.size() < SpecReader.MAX_MIRRORS && !sources.contains(source);
        }
    }

    private final StringBuilder comments = new StringBuilder();
    private final Map<Group, List<Part>> parts = new LinkedHashMap<>();
    private final PolicyNames names = new PolicyNames();

    private PolicyWriter() {}

    /** YAML documents of all rows that a policy can declare, and a comment for each of the others. */
    public static String write(Collection<MirrorRow> rows) {
        PolicyWriter writer = new PolicyWriter();
        rows.stream().sorted(Comparator.comparing(MirrorRow::key)).forEach(writer::add);
        StringBuilder text = new StringBuilder(writer.comments);
        writer.names.reserve(writer.parts.keySet().stream().map(Group::manager).toList());
        writer.parts.values().forEach(parts -> parts.forEach(part -> text.append(writer.document(part))));
        return text.toString();
    }

    private void add(MirrorRow row) {
        if (EntryParser.parse(row) instanceof ParsedEntry.Valid valid) {
            blocker(valid.entry()).ifPresentOrElse(why -> leaveOut(row, why), () -> add(row, valid.entry()));
        } else {
            leaveOut(row, "is invalid: " + ((ParsedEntry.Invalid) EntryParser.parse(row)).message());
        }
    }

    private static Optional<String> blocker(MirrorEntry entry) {
        Optional<RowAttribute<?>> unsayable = RowAttributes.ALL.stream()
                .filter(attribute -> entry.options().has(attribute) && !SAYABLE.contains(attribute))
                .findFirst();
        if (unsayable.isPresent()) {
            return Optional.of("has " + unsayable.get() + ", which a policy cannot express");
        }
        int destinations = entry.destinations().size();
        return destinations > SpecReader.MAX_DESTINATIONS
                ? Optional.of("has " + destinations + " destinations; a mirror in a policy can have at most "
                        + SpecReader.MAX_DESTINATIONS)
                : Optional.empty();
    }

    private void leaveOut(MirrorRow row, String why) {
        String comment = "# left out: " + row.key() + " " + why;
        comments.append(comment.replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " "))
                .append('\n');
    }

    private void add(MirrorRow row, MirrorEntry entry) {
        String source = entry.source().toString();
        String manager = entry.options().find(RowAttributes.MANAGED_BY).orElse(null);
        Group group = new Group(manager, OF_SPEC.write(entry, row));
        List<Part> ofGroup = parts.computeIfAbsent(group, unknown -> new ArrayList<>());
        Part part =
                ofGroup.stream().filter(open -> open.takes(source)).findFirst().orElse(null);
        if (part == null) {
            part = new Part(group, new HashSet<>(), new ArrayList<>());
            ofGroup.add(part);
        }
        part.sources().add(source);
        Map<String, Object> mirror = new LinkedHashMap<>();
        mirror.put(PolicyFields.SOURCE, source);
        mirror.putAll(OF_MIRROR.write(entry, row));
        part.mirrors().add(mirror);
    }

    private String document(Part part) {
        Map<String, Object> spec = new LinkedHashMap<>(part.group().common());
        spec.put("mirrors", part.mirrors());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", PolicyReader.API_VERSION);
        document.put("kind", PolicyReader.KIND);
        document.put("metadata", Map.of("name", names.next(part.group().manager())));
        document.put("spec", spec);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always serializable", e);
        }
    }
}
