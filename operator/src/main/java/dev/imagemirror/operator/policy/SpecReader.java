package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Converts one {@code spec} to rows with canonical references. Used once. */
final class SpecReader {
    static final int MAX_MIRRORS = 250;
    static final int MAX_DESTINATIONS = 20;
    private static final Set<String> DELETION_POLICIES = Set.of("Delete", "Orphan");
    private static final PolicyFields OF_SPEC = new PolicyFields(RowAttributes.OF_SPEC);
    private static final PolicyFields OF_MIRROR = new PolicyFields(RowAttributes.OF_MIRROR);

    private final String prefix;
    private final String manager;
    private final List<String> errors;
    private final Map<String, Object> common = new HashMap<>();
    private final Set<EntryKey> keys = new HashSet<>();
    private final Set<String> invalid = new HashSet<>();
    private boolean knowsAllSources = true;

    /** @param prefix prefix of every error */
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

    /** The result, including what is known about invalid mirrors; call after parsing the rows. */
    DeclaredRows declared(List<MirrorRow> rows) {
        return new DeclaredRows(rows, errors, invalid, knowsAllSources);
    }

    private void readField(String field, JsonNode value) {
        if (OF_SPEC.read("spec.", field, value, common, this::error)) {
            return;
        }
        if (field.equals("deletionPolicy")) {
            if (!DELETION_POLICIES.contains(value.asText())) {
                error("spec.deletionPolicy", "is '" + value.asText() + "'; write Delete or Orphan");
            }
        } else if (!field.equals("mirrors")) {
            String known = String.join(", ", OF_SPEC.names()) + ", deletionPolicy, mirrors";
            error("spec." + field, "is not a field; expected one of " + known);
        }
    }

    private void readMirrorField(String where, String field, JsonNode value, Map<String, Object> attributes) {
        if (!OF_MIRROR.read(where, field, value, attributes, this::error) && !field.equals(PolicyFields.SOURCE)) {
            String known = PolicyFields.SOURCE + ", " + String.join(", ", OF_MIRROR.names());
            error(where + field, "is not a field; expected one of " + known);
        }
    }

    private @Nullable MirrorRow row(String where, JsonNode mirror) {
        if (!mirror.isObject()) {
            error(where, "is not a map; write source and destinations");
            knowsAllSources = false;
            return null;
        }
        Map<String, Object> attributes = new TreeMap<>(common);
        mirror.properties()
                .forEach(field -> readMirrorField(where + ".", field.getKey(), field.getValue(), attributes));
        JsonNode source = mirror.path(PolicyFields.SOURCE);
        String text = source.isTextual() ? source.asText() : "";
        if (text.isEmpty() || text.indexOf('#') >= 0) {
            error(where + ".source", "is not an image reference; write for example docker.io/library/golang:1.17");
            knowsAllSources = false;
            return null;
        }
        checkDestinations(where + ".destinations", mirror.path("destinations"));
        ParsedEntry parsed = EntryParser.parse(new MirrorRow(new EntryKey(text), attributes));
        if (parsed instanceof ParsedEntry.Invalid faulty) {
            faulty.problems().forEach(problem -> error(PolicyFields.place(where, problem), problem.fault()));
            noteInvalid(text);
            return null;
        }
        return canonical(where, ((ParsedEntry.Valid) parsed).entry(), attributes);
    }

    /** A row may list destinations in one string; a policy may not, per the CRD schema. */
    private void checkDestinations(String place, JsonNode destinations) {
        if (destinations.isTextual()) {
            error(place, "is a string; write a list: [ … ]");
        }
        if (destinations.size() > MAX_DESTINATIONS) {
            error(place, "has more than " + MAX_DESTINATIONS + " references");
        }
    }

    /** The mirror's previous row cannot be determined: the tag may be the invalid part. */
    private void noteInvalid(String source) {
        try {
            invalid.add(ImageReference.parse(source).name());
        } catch (IllegalArgumentException e) {
            knowsAllSources = false;
        }
    }

    private @Nullable MirrorRow canonical(String where, MirrorEntry entry, Map<String, Object> written) {
        EntryKey key = EntryKey.owned(entry.source().toString(), manager);
        if (!keys.add(key)) {
            error(where + ".source", entry.source() + " appears twice in this policy; merge their destinations");
            return null;
        }
        return DeclaredRow.of(key, entry, written, manager);
    }

    private void error(String place, String fault) {
        String error = prefix + place + ": " + fault;
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }
}
