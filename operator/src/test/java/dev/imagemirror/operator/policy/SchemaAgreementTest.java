package dev.imagemirror.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.crds.TestingSpec;
import dev.imagemirror.crds.TestingSpecs;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.LowerCamel;
import dev.imagemirror.operator.domain.entry.RowAttribute;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.domain.entry.TagSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster's schema and the command line take the same specs; the schema never refuses what the operator reads. */
class SchemaAgreementTest {
    private static final JsonNode SPEC = specSchema();
    private static final JsonNode MIRROR = SPEC.at("/mirrors/items/properties");
    private static final int TEXTS = 100_000;
    private static final List<String> REFERENCE_PARTS = List.of(
            "a",
            "B",
            "0",
            "library",
            "localhost",
            "example.com",
            "[::1]",
            ".",
            "-",
            "--",
            "_",
            "__",
            ":",
            "/",
            ":5000",
            ":1.17",
            "@sha256:" + "0a".repeat(32),
            "@",
            " ");
    private static final List<String> RANGE_PARTS = List.of(
            "1", "20", ".", ".3", "1.2", "1.2.3", "x", "*", "v", "-rc.1", "-", " - ", " ", ",", "||", ">=", "<", "^",
            "~", "~>", "=");

    static Stream<TestingSpec> accepted() {
        return TestingSpecs.accepted().stream();
    }

    static Stream<TestingSpec> acceptedWithMirrors() throws PolicyException {
        List<TestingSpec> specs = new ArrayList<>();
        for (TestingSpec spec : TestingSpecs.accepted()) {
            if (!policy(spec).rows().isEmpty()) {
                specs.add(spec);
            }
        }
        return specs.stream();
    }

    private static Policy policy(TestingSpec spec) throws PolicyException {
        return PolicyReader.read(spec.manifest("some")).get(0);
    }

    static Stream<TestingSpec> refused() {
        return TestingSpecs.refused().stream().filter(spec -> !spec.onlyTheSchema());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatTheSchemaTakesTheCommandLineTakes(TestingSpec spec) {
        assertThatCode(() -> PolicyReader.read(spec.manifest("some"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheSchemaRefusesTheCommandLineRefuses(TestingSpec spec) {
        assertThatThrownBy(() -> PolicyReader.read(spec.manifest("some"))).isInstanceOf(PolicyException.class);
    }

    @ParameterizedTest
    @MethodSource("acceptedWithMirrors")
    void whatIsDeclaredIsExportedAndDeclaredAgain(TestingSpec spec) throws PolicyException {
        Policy policy = policy(spec);

        assertThat(PolicyReader.read(PolicyWriter.write(policy.rows())))
                .singleElement()
                .satisfies(exported -> assertThat(exported.rows()).containsExactlyInAnyOrderElementsOf(policy.rows()));
    }

    @Test
    void theSchemaHasTheFieldsOfTheDeclaredAttributes() {
        assertThat(fields(SPEC))
                .containsExactlyInAnyOrderElementsOf(with(RowAttributes.OF_SPEC, "deletionPolicy", "mirrors"));
        assertThat(fields(MIRROR)).containsExactlyInAnyOrderElementsOf(with(RowAttributes.OF_MIRROR, "source"));
        for (RowAttribute<?> attribute : RowAttributes.OF_MIRROR) {
            assertThat(fields(MIRROR.path(attribute.field()).path("properties")))
                    .as(attribute.field())
                    .containsExactlyInAnyOrderElementsOf(
                            attribute.members().stream().map(LowerCamel::of).toList());
        }
    }

    private static List<String> with(List<RowAttribute<?>> attributes, String... others) {
        List<String> fields = new ArrayList<>(List.of(others));
        attributes.forEach(attribute -> fields.add(attribute.field()));
        return fields;
    }

    @Test
    void everyReferenceThatTheOperatorReadsPassesTheSchema() {
        assertPasses("source", REFERENCE_PARTS, ImageReference::parse, text -> true);
        assertPasses("destinations", REFERENCE_PARTS, ImageReference::parse, text -> text.indexOf('@') < 0);
    }

    @Test
    void everyRangeThatTheOperatorReadsPassesTheSchema() {
        Pattern schema = Pattern.compile(MIRROR.path("tags")
                .path("properties")
                .path("semver")
                .path("pattern")
                .asText());
        assertPasses(schema, RANGE_PARTS, range -> new TagSelection(List.of(), List.of(), range, null), text -> true);
    }

    private interface Reader {
        /** Throws an {@link IllegalArgumentException} for what it does not understand. */
        Object read(String text);
    }

    private static void assertPasses(String field, List<String> parts, Reader reader, Predicate<String> concerned) {
        JsonNode schema = MIRROR.path(field);
        JsonNode texts = schema.has("items") ? schema.path("items") : schema;
        assertPasses(Pattern.compile(texts.path("pattern").asText()), parts, reader, concerned);
    }

    private static void assertPasses(Pattern schema, List<String> parts, Reader reader, Predicate<String> concerned) {
        Random random = new Random(17);
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(parts, random);
            if (concerned.test(text) && isRead(text, reader)) {
                assertThat(text).containsPattern(schema);
                read++;
            }
        }
        assertThat(read).isGreaterThan(TEXTS / 100);
    }

    private static String text(List<String> parts, Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = 1 + random.nextInt(7); length > 0; length--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static boolean isRead(String text, Reader reader) {
        try {
            reader.read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> fields(JsonNode properties) {
        List<String> fields = new ArrayList<>();
        properties.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static JsonNode specSchema() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("..", "manifests", "base", "crd.yaml").toFile())
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
