package dev.imagemirror.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MirrorPolicyCrdTest {
    private static final Path COMMITTED = Path.of("..", "manifests", "base", "crd.yaml");
    private static final CustomResourceDefinitionSpec CRD =
            GeneratedCrd.resource().getSpec();
    private static final CustomResourceDefinitionVersion VERSION =
            CRD.getVersions().get(0);
    private static final JSONSchemaProps ROOT = VERSION.getSchema().getOpenAPIV3Schema();
    private static final Map<String, JSONSchemaProps> FIELDS = SchemaFields.of(ROOT);

    /** {@code make crds} sets the property, and so writes the file. */
    @Test
    void committedFileIsCurrent() throws IOException {
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, GeneratedCrd.yaml());
        }
        assertThat(COMMITTED)
                .as("manifests/base/crd.yaml is not what the Java types say; run: make crds")
                .exists()
                .content()
                .isEqualTo(GeneratedCrd.yaml());
    }

    @Test
    void resourceHasItsNames() {
        assertThat(CRD.getGroup()).isEqualTo("imagemirror.dev");
        assertThat(CRD.getScope()).isEqualTo("Namespaced");
        assertThat(CRD.getNames().getKind()).isEqualTo("MirrorPolicy");
        assertThat(CRD.getNames().getPlural()).isEqualTo("mirrorpolicies");
        assertThat(CRD.getNames().getShortNames()).containsExactly("mp");
        assertThat(CRD.getNames().getCategories()).containsExactly("imagemirror");
        assertThat(VERSION.getName()).isEqualTo("v1alpha1");
        assertThat(VERSION.getSubresources().getStatus()).isNotNull();
    }

    @Test
    void columnsComeInTheOrderInWhichTheyAreRead() {
        assertThat(VERSION.getAdditionalPrinterColumns())
                .extracting(
                        CustomResourceColumnDefinition::getName,
                        CustomResourceColumnDefinition::getType,
                        CustomResourceColumnDefinition::getPriority)
                .containsExactly(
                        tuple("Ready", "string", 0),
                        tuple("Entries", "integer", 0),
                        tuple("In Sync", "string", 0),
                        tuple("Drifted", "integer", 0),
                        tuple("Blocked", "integer", 0),
                        tuple("Age", "date", 0),
                        tuple("Reason", "string", 1));
    }

    @Test
    void everyFieldThatExplainShowsHasADescription() {
        assertThat(ROOT.getDescription()).isNotBlank();
        assertThat(FIELDS).containsKeys("spec.mirrors[].tags.semver", "status.conditions[].lastTransitionTime");
        assertThat(FIELDS).allSatisfy((path, field) -> {
            if (!path.endsWith("[]")) {
                assertThat(field.getDescription()).isNotBlank();
            }
        });
    }

    @Test
    void everyTextAndListHasAMaximum() {
        assertThat(FIELDS).allSatisfy((path, field) -> {
            if (field.getType().equals("string") && field.getEnum().isEmpty()) {
                assertThat(field.getMaxLength()).isPositive();
            }
            if (field.getType().equals("array")) {
                assertThat(field.getMaxItems()).isPositive();
            }
        });
    }

    @Test
    void everyTextOfTheSpecHasAPattern() {
        assertThat(FIELDS).allSatisfy((path, field) -> {
            if (path.startsWith("spec.") && field.getType().equals("string")) {
                assertThat(field.getPattern() != null || !field.getEnum().isEmpty())
                        .isTrue();
            }
        });
    }

    @Test
    void listsSayHowTheyAreMerged() {
        assertThat(FIELDS.get("spec.mirrors").getXKubernetesListType()).isEqualTo("map");
        assertThat(FIELDS.get("spec.mirrors").getXKubernetesListMapKeys()).containsExactly("source");
        assertThat(FIELDS.get("spec.mirrors[].destinations").getXKubernetesListType())
                .isEqualTo("set");
        assertThat(FIELDS.get("status.conditions").getXKubernetesListMapKeys()).containsExactly("type");
        assertThat(FIELDS.get("status.conditions[]").getRequired()).contains("type");
        assertThat(FIELDS.get("status.worst").getXKubernetesListType()).isEqualTo("atomic");
    }

    @Test
    void mandatoryFieldsAreRequired() {
        assertThat(ROOT.getRequired()).containsExactly("spec");
        assertThat(FIELDS.get("spec").getRequired()).containsExactly("mirrors");
        assertThat(FIELDS.get("spec.mirrors[]").getRequired()).containsExactlyInAnyOrder("source", "destinations");
    }

    @Test
    void defaultsAreThoseOfTheOperatorAndLeaveItsIntervalAlone() {
        assertThat(FIELDS.get("spec.suspend").getDefault().asBoolean(true)).isFalse();
        assertThat(FIELDS.get("spec.deletionPolicy").getDefault().asText()).isEqualTo("Delete");
        assertThat(FIELDS.get("spec.mirrors[].referrers").getDefault().asBoolean(true))
                .isFalse();
        assertThat(FIELDS.get("spec.interval").getDefault()).isNull();
    }

    @Test
    void enumsAreTextsThatYamlDoesNotTakeForSomethingElse() throws IOException {
        assertThat(FIELDS.get("status.conditions[].status").getEnum())
                .allMatch(com.fasterxml.jackson.databind.JsonNode::isTextual)
                .extracting(com.fasterxml.jackson.databind.JsonNode::asText)
                .containsExactlyInAnyOrder("True", "False", "Unknown");
        assertThat(Files.readString(COMMITTED)).contains("- \"True\"");
    }

    @Test
    void everyRuleStandsOnceAndSaysWhatToWrite() {
        assertThat(FIELDS)
                .allSatisfy((path, field) -> assertThat(field.getXKubernetesValidations())
                        .doesNotHaveDuplicates()
                        .extracting(ValidationRule::getMessage)
                        .doesNotContainNull());
    }
}
