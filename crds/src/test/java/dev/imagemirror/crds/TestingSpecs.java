package dev.imagemirror.crds;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Specs that the schema takes and specs that it refuses, with what the API server says. */
public final class TestingSpecs {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String REGISTRY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    private TestingSpecs() {}

    /** What the server takes; some of it is too large for {@code kubectl apply} without {@code --server-side}. */
    public static List<TestingSpec> accepted() {
        List<TestingSpec> specs = new ArrayList<>(read("accepted.yaml"));
        specs.add(new TestingSpec("there are as many mirrors as may be", mirrors(250, 1), null, false));
        specs.add(new TestingSpec("there are as many destinations as may be", mirrors(1, 20), null, false));
        specs.add(new TestingSpec("there are as many of both as may be", mirrors(250, 20), null, false));
        return specs;
    }

    /** What the server refuses. */
    public static List<TestingSpec> refused() {
        List<TestingSpec> specs = new ArrayList<>(read("refused.yaml"));
        specs.add(new TestingSpec(
                "there are too many mirrors",
                mirrors(251, 1),
                "spec.mirrors: Too many: 251: must have at most 250 items",
                false));
        specs.add(new TestingSpec(
                "there are too many destinations",
                mirrors(1, 21),
                "spec.mirrors[0].destinations: Too many: 21: must have at most 20 items",
                false));
        specs.add(new TestingSpec(
                "the source is too long",
                Map.of("mirrors", List.of(mirror("a/" + "b".repeat(383), List.of(REGISTRY + "/b")))),
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

    /** With references about as long as ECR's, so that the cost of the rules is felt too. */
    private static Map<String, Object> mirrors(int count, int destinations) {
        return Map.of(
                "mirrors",
                IntStream.range(0, count)
                        .mapToObj(i -> mirror(REGISTRY + "/team/source-" + i + ":1.17", destinations(i, destinations)))
                        .toList());
    }

    private static List<String> destinations(int mirror, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> REGISTRY + "/a/rather/long/path/of/copies-" + mirror + "/copy-" + i)
                .toList();
    }

    private static Map<String, Object> mirror(String source, List<String> destinations) {
        return Map.of("source", source, "destinations", destinations);
    }
}
