package dev.imagemirror.crds;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Specs that the schema takes and specs that it refuses, with what the API server says. */
public final class TestingSpecs {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String DESTINATION = "registry.example.com/a";

    private TestingSpecs() {}

    /** What the server takes. */
    public static List<TestingSpec> accepted() {
        List<TestingSpec> specs = new ArrayList<>(read("accepted.yaml"));
        specs.add(new TestingSpec("there are as many mirrors as may be", mirrors(250), null, false));
        specs.add(new TestingSpec("there are as many destinations as may be", destinations(20), null, false));
        return specs;
    }

    /** What the server refuses. */
    public static List<TestingSpec> refused() {
        List<TestingSpec> specs = new ArrayList<>(read("refused.yaml"));
        specs.add(new TestingSpec(
                "there are too many mirrors",
                mirrors(251),
                "spec.mirrors: Too many: 251: must have at most 250 items",
                false));
        specs.add(new TestingSpec(
                "there are too many destinations",
                destinations(21),
                "spec.mirrors[0].destinations: Too many: 21: must have at most 20 items",
                false));
        specs.add(new TestingSpec(
                "the source is too long",
                Map.of("mirrors", List.of(mirror("a/" + "b".repeat(383), List.of(DESTINATION)))),
                "spec.mirrors[0].source: Too long: may not be more than 384 bytes",
                false));
        return specs;
    }

    private static List<TestingSpec> read(String resource) {
        try (InputStream yaml = TestingSpecs.class.getResourceAsStream(resource)) {
            return YAML.readValue(yaml, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> mirrors(int count) {
        return Map.of(
                "mirrors",
                IntStream.range(0, count)
                        .mapToObj(i -> mirror("a/" + i, List.of(DESTINATION + i)))
                        .toList());
    }

    private static Map<String, Object> destinations(int count) {
        List<String> destinations =
                IntStream.range(0, count).mapToObj(i -> DESTINATION + i).toList();
        return Map.of("mirrors", Collections.singletonList(mirror("a/b", destinations)));
    }

    private static Map<String, Object> mirror(String source, List<String> destinations) {
        return Map.of("source", source, "destinations", destinations);
    }
}
