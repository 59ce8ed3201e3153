package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as policies: those of one manager, suspension and interval together, each source once and at most as many
 * a policy as may be. What a policy cannot say becomes a comment. Used once.
 */
public final class PolicyWriter {
    private static final int MAX_NAME = 200;
    /** All strings in quotes: YAML has its own mind about {@code on}, {@code 1_0} and {@code 12:30}. */
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.SPLIT_LINES));

    private record Group(
            @Nullable String manager,
            boolean suspend,
            @Nullable String interval) {}

    /** One document in the making. */
    private record Part(Group group, Set<String> sources, List<Map<String, Object>> mirrors) {
        boolean takes(String source) {
            return mirrors.size() < SpecReader.MAX_MIRRORS && !sources.contains(source);
        }
    }

    private final StringBuilder comments = new StringBuilder();
    private final Map<Group, List<Part>> parts = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    /** Names of policies that came from files and are not written yet: their rows go back under the same manager. */
    private final Set<String> reserved = new HashSet<>();

    private PolicyWriter() {}

    /** YAML documents of all rows that a policy can declare, and a comment for each of the others. */
    public static String write(Collection<MirrorRow> rows) {
        PolicyWriter writer = new PolicyWriter();
        rows.stream().sorted(Comparator.comparing(MirrorRow::key)).forEach(writer::add);
        StringBuilder text = new StringBuilder(writer.comments);
        writer.reserveNames();
        writer.parts.values().forEach(parts -> parts.forEach(part -> text.append(writer.document(part))));
        return text.toString();
    }

    private void add(MirrorRow row) {
        if (EntryParser.parse(row) instanceof ParsedEntry.Valid valid) {
            hindrance(valid.entry()).ifPresentOrElse(why -> leaveOut(row, why), () -> add(row, valid.entry()));
        } else {
            leaveOut(row, "is invalid: " + ((ParsedEntry.Invalid) EntryParser.parse(row)).message());
        }
    }

    private static Optional<String> hindrance(MirrorEntry entry) {
        if (entry.options().expires() != null) {
            return Optional.of("has Expires, which a policy cannot express");
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
        String interval = (String) row.attributes().get(MirrorRow.INTERVAL);
        Group group = new Group(entry.ownership().managedBy(), entry.options().suspend(), interval);
        List<Part> ofGroup = parts.computeIfAbsent(group, unknown -> new ArrayList<>());
        Part part =
                ofGroup.stream().filter(open -> open.takes(source)).findFirst().orElse(null);
        if (part == null) {
            part = new Part(group, new HashSet<>(), new ArrayList<>());
            ofGroup.add(part);
        }
        part.sources().add(source);
        part.mirrors().add(MirrorFields.of(entry, row));
    }

    private String document(Part part) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (part.group().suspend()) {
            spec.put("suspend", true);
        }
        if (part.group().interval() != null) {
            spec.put("interval", part.group().interval());
        }
        spec.put("mirrors", part.mirrors());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", FieldNames.API_VERSION);
        document.put("kind", FieldNames.KIND);
        document.put("metadata", Map.of("name", name(part.group().manager())));
        document.put("spec", spec);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always serializable", e);
        }
    }

    private void reserveNames() {
        for (Group group : parts.keySet()) {
            String own = ofFile(group.manager());
            if (own != null && own.equals(form(own))) {
                names.add(own);
                reserved.add(own);
            }
        }
    }

    private String name(@Nullable String manager) {
        String own = ofFile(manager);
        return own != null && reserved.remove(own) ? own : unused(form(own != null ? own : withoutKind(manager)));
    }

    /** The policy's name in {@code ManagedBy}; null if it is no file's. */
    private static @Nullable String ofFile(@Nullable String manager) {
        return manager != null && manager.startsWith(PolicyReader.FILE)
                ? manager.substring(PolicyReader.FILE.length())
                : null;
    }

    /** {@code NAMESPACE/NAME} of a cluster's {@code ManagedBy}. */
    private static String withoutKind(@Nullable String manager) {
        return manager == null ? "" : manager.substring(manager.indexOf('/') + 1);
    }

    /** As far as it makes a name. */
    private static String form(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+|[.-]+$", "");
        return name.isEmpty() ? "exported" : name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    private String unused(String name) {
        String candidate = name;
        for (int number = 2; !names.add(candidate); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }
}
