package dev.imagemirror.operator.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.text.YamlMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses policies from YAML, possibly several documents per file; reports all errors at once. */
public final class PolicyReader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    static final String API_VERSION = "imagemirror.dev/v1alpha1";
    static final String KIND = "MirrorPolicy";

    /** {@code ManagedBy} prefix of rows declared by files. */
    static final String FILE = "file/";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final List<String> TOP = List.of("apiVersion", "kind", "metadata", "spec", "status");

    private final List<String> errors = new ArrayList<>();

    private PolicyReader() {}

    /**
     * Parses a file's content.
     *
     * @throws PolicyException with every error
     */
    public static List<Policy> read(String yaml) throws PolicyException {
        PolicyReader reader = new PolicyReader();
        List<Policy> policies = reader.policies(yaml);
        reader.errors.addAll(Overlaps.of(policies));
        if (!reader.errors.isEmpty()) {
            throw new PolicyException(reader.errors);
        }
        return policies;
    }

    /**
     * Parses the spec of one policy, as far as valid.
     *
     * @param manager its rows' {@code ManagedBy} value
     */
    public static DeclaredRows readSpec(String manager, JsonNode spec) {
        SpecReader reader = new SpecReader("", manager, new ArrayList<>());
        return reader.declared(reader.rows(spec));
    }

    private List<Policy> policies(String yaml) {
        List<Policy> policies = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int number = 0;
        for (JsonNode document : documents(yaml)) {
            number++;
            if (document.isNull() || document.isMissingNode()) {
                continue;
            }
            Policy policy = policy("document " + number, document);
            if (policy != null && !names.add(policy.name())) {
                errors.add("document " + number + ": duplicate policy name '" + policy.name() + "'");
            } else if (policy != null) {
                policies.add(policy);
            }
        }
        if (policies.isEmpty() && errors.isEmpty()) {
            errors.add("no " + KIND + " found");
        }
        return policies;
    }

    private List<JsonNode> documents(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation(); // null if nested too deeply
            errors.add(YamlMessage.of(
                    e.getOriginalMessage(),
                    place == null ? 0 : place.getLineNr(),
                    place == null ? 0 : place.getColumnNr()));
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading a string does not fail
        }
    }

    private @Nullable Policy policy(String where, JsonNode document) {
        if (!document.isObject()) {
            errors.add(where + ": not a map; a " + KIND + " starts with 'apiVersion: " + API_VERSION + "'");
            return null;
        }
        expect(where, document, "apiVersion", API_VERSION);
        expect(where, document, "kind", KIND);
        document.fieldNames().forEachRemaining(field -> {
            if (!TOP.contains(field)) {
                errors.add(where + ": unknown field '" + field + "'; expected one of " + String.join(", ", TOP));
            }
        });
        String name = document.path("metadata").path("name").asText("");
        if (!NAME.matcher(name).matches()) {
            errors.add(
                    where + ": metadata.name '" + name + "' is invalid; use lower-case letters, digits, '-' and '.'");
            return null;
        }
        JsonNode spec = document.path("spec");
        if (!spec.isObject()) {
            errors.add(name + ": spec is missing; write spec.mirrors");
            return null;
        }
        String manager = FILE + name;
        return new Policy(name, manager, new SpecReader(name + ": ", manager, errors).rows(spec));
    }

    private void expect(String where, JsonNode document, String field, String value) {
        String actual = document.path(field).asText("");
        if (!actual.equals(value)) {
            errors.add(where + ": " + field + " is '" + actual + "'; write " + value);
        }
    }
}
