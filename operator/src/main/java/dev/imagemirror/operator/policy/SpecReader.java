package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.domain.entry.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns one {@code spec} into rows with canonical references. Used once. */
final class SpecReader {
    static final int MAX_MIRRORS = 250;
    static final int MAX_DESTINATIONS = 20;
    private static final Set<String> DELETION_POLICIES = Set.of("Delete", "Orphan");

    private final String prefix;
    private final String manager;
    private final List<String> errors;
    private final Map<String, Object> common = new HashMap<>();
    private final Set<EntryKey> keys = new HashSet<>();
    private final Set<String> invalid = new HashSet<>();
    private boolean knowsAllSources = true;

    /** @param prefix what every error begins with */
    SpecReader(String prefix, String manager, List<String> errors) {
        this.prefix = prefix;
        this.manager = manager;
        this.errors = errors;
    }

    List<MirrorRow> rows(JsonNode spec) {
        spec.properties().forEach(field -> readField(field.getKey(), field.getValue()));
        JsonNode mirrors = spec.path("mirrors");
        if (!mirrors.isArray()) {
            error("spec.mirrors", "is not a list; write each mirror as: - source: …, destinations: [ … ]");
            knowsAllSources = false;
            return List.of();
        }
        if (mirrors.size() > MAX_MIRRORS) {
            error("spec.mirrors", "has " + mirrors.size() + " mirrors; a policy can have at most " + MAX_MIRRORS);
        }
        List<MirrorRow> rows = new ArrayList<>();
        for (int i = 0; i < mirrors.size(); i++) {
            MirrorRow row = row("spec.mirrors[" + i + "]", mirrors.get(i));
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** What is known of mirrors that are invalid, once the rows were read. */
    DeclaredRows declared(List<MirrorRow> rows) {
        return new DeclaredRows(rows, errors, invalid, knowsAllSources);
    }

    private void readField(String field, JsonNode value) {
        if (FieldNames.OF_SPEC.containsKey(field)) {
            common.put(FieldNames.OF_SPEC.get(field), NeutralValues.of(value));
        } else if (field.equals("deletionPolicy")) {
            if (!DELETION_POLICIES.contains(value.asText())) {
                error("spec.deletionPolicy", "is '" + value.asText() + "'; write Delete or Orphan");
            }
        } else if (!field.equals("mirrors")) {
            error("spec." + field, "is not a field; expected one of suspend, interval, deletionPolicy, mirrors");
        }
    }

    private @Nullable MirrorRow row(String where, JsonNode mirror) {
        if (!mirror.isObject()) {
            error(where, "is not a map; write source and destinations");
            knowsAllSources = false;
            return null;
        }
        Map<String, Object> attributes = new TreeMap<>(common);
        attributes.putAll(translate(where + ".", mirror, FieldNames.OF_MIRROR));
        if (mirror.path("tags").isObject()) {
            attributes.put(MirrorRow.TAGS, translate(where + ".tags.", mirror.path("tags"), FieldNames.OF_TAGS));
        }
        Object source = attributes.remove("Source");
        if (!(source instanceof String text) || text.isEmpty() || text.indexOf('#') >= 0) {
            error(where + ".source", "is not an image reference; write for example docker.io/library/golang:1.17");
            knowsAllSources = false;
            return null;
        }
        checkDestinations(where + ".destinations", mirror.path("destinations"));
        ParsedEntry parsed = EntryParser.parse(new MirrorRow(new EntryKey(text), attributes));
        if (parsed instanceof ParsedEntry.Invalid faulty) {
            faulty.problems().forEach(problem -> error(place(where, problem), problem.fault()));
            noteInvalid(text);
            return null;
        }
        return canonical(where, ((ParsedEntry.Valid) parsed).entry(), attributes);
    }

    /** A row may have them in one text; a policy may not, as the schema of its kind says. */
    private void checkDestinations(String place, JsonNode destinations) {
        if (destinations.isTextual()) {
            error(place, "is a string; write a list: [ … ]");
        }
        if (destinations.size() > MAX_DESTINATIONS) {
            error(place, "has more than " + MAX_DESTINATIONS + " references");
        }
    }

    /** Which row the mirror had before is not known for sure: the tag may be what is wrong. */
    private void noteInvalid(String source) {
        try {
            invalid.add(ImageReference.parse(source).name());
        } catch (IllegalArgumentException e) {
            knowsAllSources = false;
        }
    }

    private Map<String, Object> translate(String where, JsonNode map, Map<String, String> names) {
        Map<String, Object> translated = new TreeMap<>();
        map.properties().forEach(field -> {
            String attribute = names.get(field.getKey());
            if (attribute == null) {
                error(where + field.getKey(), "is not a field; expected one of " + String.join(", ", names.keySet()));
            } else {
                translated.put(attribute, NeutralValues.of(field.getValue()));
            }
        });
        return translated;
    }

    private @Nullable MirrorRow canonical(String where, MirrorEntry entry, Map<String, Object> written) {
        EntryKey key = EntryKey.owned(entry.source().toString(), manager);
        if (!keys.add(key)) {
            error(where + ".source", entry.source() + " appears twice in this policy; merge their destinations");
            return null;
        }
        Map<String, Object> attributes = CanonicalAttributes.of(entry, written);
        attributes.put(MirrorRow.REVISION, revision(attributes));
        attributes.put(MirrorRow.MANAGED_BY, manager);
        return new MirrorRow(key, attributes);
    }

    /** The same for equal specs, whatever their order and spelling. */
    private static String revision(Map<String, Object> attributes) {
        byte[] text = new TreeMap<>(attributes).toString().getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(text).hex().substring(0, 16);
    }

    private static String place(String where, Problem problem) {
        String field = FieldNames.fieldOf(problem.attribute());
        boolean common = FieldNames.OF_SPEC.containsValue(problem.attribute());
        return common ? "spec." + problem.attribute().toLowerCase(java.util.Locale.ROOT) : where + "." + field;
    }

    private void error(String place, String fault) {
        String error = prefix + place + ": " + fault;
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }
}
