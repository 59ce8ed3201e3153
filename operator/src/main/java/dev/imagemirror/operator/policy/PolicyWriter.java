package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryParser;
import dev.imagemirror.operator.domain.MirrorEntry;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.ParsedEntry;
import dev.imagemirror.operator.domain.TagSelection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes rows as policies: those of one manager, suspension and interval together, at most 250 a policy. */
public final class PolicyWriter {
    private static final int MAX_MIRRORS = 250;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private record Group(String name, Boolean suspend, String interval) {}

    private PolicyWriter() {}

    /** YAML documents of all rows that can be understood; the others become comments. */
    public static String write(Collection<MirrorRow> rows) {
        Map<Group, List<MirrorEntry>> groups = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        new TreeMap<>(byKey(rows)).values().forEach(row -> {
            ParsedEntry parsed = EntryParser.parse(row);
            if (parsed instanceof ParsedEntry.Valid valid) {
                groups.computeIfAbsent(group(row), unknown -> new ArrayList<>()).add(valid.entry());
            } else {
                text.append("# left out: ").append(row.key()).append(" is invalid: ");
                text.append(((ParsedEntry.Invalid) parsed).message().replaceAll("\\s+", " "))
                        .append('\n');
            }
        });
        Map<String, Integer> used = new TreeMap<>();
        groups.forEach((group, entries) -> {
            for (int from = 0; from < entries.size(); from += MAX_MIRRORS) {
                List<MirrorEntry> part = entries.subList(from, Math.min(entries.size(), from + MAX_MIRRORS));
                int number = used.merge(group.name(), 1, Integer::sum);
                text.append(document(number == 1 ? group.name() : group.name() + "-" + number, group, part));
            }
        });
        return text.toString();
    }

    private static Map<String, MirrorRow> byKey(Collection<MirrorRow> rows) {
        Map<String, MirrorRow> sorted = new TreeMap<>();
        rows.forEach(row -> sorted.put(row.key().text(), row));
        return sorted;
    }

    private static Group group(MirrorRow row) {
        Object manager = row.attributes().get(MirrorRow.MANAGED_BY);
        String owner = manager instanceof String text ? text.substring(text.lastIndexOf('/') + 1) : "exported";
        Object suspend = row.attributes().get(MirrorRow.SUSPEND);
        Object interval = row.attributes().get(MirrorRow.INTERVAL);
        return new Group(
                owner.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.-]", "-"),
                Boolean.TRUE.equals(suspend) ? true : null,
                interval instanceof String text ? text : null);
    }

    private static String document(String name, Group group, List<MirrorEntry> entries) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (group.suspend() != null) {
            spec.put("suspend", group.suspend());
        }
        if (group.interval() != null) {
            spec.put("interval", group.interval());
        }
        spec.put("mirrors", entries.stream().map(PolicyWriter::mirror).toList());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", FieldNames.API_VERSION);
        document.put("kind", FieldNames.KIND);
        document.put("metadata", Map.of("name", name));
        document.put("spec", spec);
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }

    private static Map<String, Object> mirror(MirrorEntry entry) {
        Map<String, Object> mirror = new LinkedHashMap<>();
        mirror.put("source", entry.source().toString());
        mirror.put(
                "destinations",
                entry.destinations().stream().map(ImageReference::toString).toList());
        if (entry.tags() != null) {
            mirror.put("tags", tags(entry.tags()));
        }
        if (!entry.options().minAge().isZero()) {
            mirror.put("minAge", entry.options().minAge().toSeconds() + "s");
        }
        if (entry.options().referrers()) {
            mirror.put("referrers", true);
        }
        return mirror;
    }

    private static Map<String, Object> tags(TagSelection selection) {
        Map<String, Object> tags = new LinkedHashMap<>();
        if (!selection.include().isEmpty()) {
            tags.put("include", selection.include());
        }
        if (!selection.exclude().isEmpty()) {
            tags.put("exclude", selection.exclude());
        }
        if (selection.semver() != null) {
            tags.put("semver", selection.semver());
        }
        if (selection.latest() != null) {
            tags.put("latest", selection.latest());
        }
        return tags;
    }
}
