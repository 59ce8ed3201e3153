package dev.imagemirror.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said without a server; the end-to-end tests apply these specs to a real one. */
class TestingSpecsTest {
    private static final Map<String, JSONSchemaProps> FIELDS = SchemaFields.of(
            GeneratedCrd.resource().getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema());

    @Test
    void everyRuleHasASpecThatBreaksIt() {
        List<String> said =
                TestingSpecs.refused().stream().map(TestingSpec::says).toList();
        assertThat(FIELDS)
                .allSatisfy((path, field) -> assertThat(field.getXKubernetesValidations())
                        .extracting(ValidationRule::getMessage)
                        .allSatisfy(message -> assertThat(said).anyMatch(says -> says.contains(message))));
    }

    @Test
    void everyRefusedSpecSaysWhy() {
        assertThat(TestingSpecs.refused())
                .hasSizeGreaterThan(40)
                .allSatisfy(spec -> assertThat(spec.says()).isNotBlank());
    }

    static List<TestingSpec> accepted() {
        return TestingSpecs.accepted();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptedSpecsAreReadAndMatchThePatterns(TestingSpec accepted) {
        MirrorPolicySpec spec = new KubernetesSerialization()
                .unmarshal(accepted.manifest("some"), MirrorPolicy.class)
                .getSpec();
        assertThat(spec.mirrors()).allSatisfy(mirror -> {
            assertMatches("spec.mirrors[].source", mirror.source());
            mirror.destinations().forEach(destination -> assertMatches("spec.mirrors[].destinations[]", destination));
            if (mirror.tags() != null && mirror.tags().semver() != null) {
                assertMatches("spec.mirrors[].tags.semver", mirror.tags().semver());
            }
        });
    }

    private static void assertMatches(String path, String text) {
        assertThat(text).containsPattern(Pattern.compile(FIELDS.get(path).getPattern()));
    }
}
