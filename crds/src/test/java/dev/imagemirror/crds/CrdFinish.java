package dev.imagemirror.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the generator has no annotation for, or does not do as it should. */
final class CrdFinish implements CRDPostProcessor {
    private static final String ROOT = "Which container images are kept in sync across registries. Each element of"
            + " spec.mirrors is one source and its destinations; the operator compares digests and copies what differs."
            + " kubectl get mp shows how that goes, kubectl describe mp what is wrong and what to do.";
    private static final String SPEC = "What is mirrored, and how.";
    private static final String STATUS = "How the mirrors are doing; written by the operator.";

    @Override
    public HasMetadata process(HasMetadata resource, String version) {
        CustomResourceDefinitionVersion served =
                ((CustomResourceDefinition) resource).getSpec().getVersions().get(0);
        JSONSchemaProps root = served.getSchema().getOpenAPIV3Schema();
        describe(root);
        setListTypes(root);
        moveItemRules(root);
        dropRepeatedRules(root);
        served.getAdditionalPrinterColumns().sort(Comparator.comparing(CrdFinish::place));
        return resource;
    }

    private static void describe(JSONSchemaProps root) {
        root.setDescription(ROOT);
        at(root, "spec").setDescription(SPEC);
        at(root, "status").setDescription(STATUS);
    }

    private static void setListTypes(JSONSchemaProps root) {
        JSONSchemaProps mirrors = at(root, "spec", "mirrors");
        mapBy("source", mirrors);
        at(items(mirrors), "destinations").setXKubernetesListType("set");
        mapBy("type", at(root, "status", "conditions"));
        at(root, "status", "worst").setXKubernetesListType("atomic");
    }

    private static void mapBy(String key, JSONSchemaProps list) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
    }

    private static void moveItemRules(JSONSchemaProps root) {
        JSONSchemaProps mirror = items(at(root, "spec", "mirrors"));
        addItemRules(Mirror.class, mirror);
        addItemRules(TagSelection.class, at(mirror, "tags"));
    }

    private static void addItemRules(Class<? extends Record> type, JSONSchemaProps schema) {
        for (RecordComponent component : type.getRecordComponents()) {
            List<ValidationRule> rules = Stream.of(component.getAnnotationsByType(ItemRule.class))
                    .map(CrdFinish::rule)
                    .toList();
            if (!rules.isEmpty()) {
                items(at(schema, component.getName())).setXKubernetesValidations(new ArrayList<>(rules));
            }
        }
    }

    private static ValidationRule rule(ItemRule annotation) {
        ValidationRule rule = new ValidationRule();
        rule.setRule(annotation.value());
        rule.setMessage(annotation.message());
        return rule;
    }

    /** The generator finds those of a record's component at its field and at its accessor. */
    private static void dropRepeatedRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        schema.getProperties().values().forEach(CrdFinish::dropRepeatedRules);
        if (schema.getItems() != null) {
            dropRepeatedRules(items(schema));
        }
    }

    /** The generator sorts columns by their path. */
    private static int place(CustomResourceColumnDefinition column) {
        List<String> wanted = Stream.of(MirrorPolicy.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        return wanted.indexOf(column.getName());
    }

    private static JSONSchemaProps at(JSONSchemaProps schema, String... path) {
        JSONSchemaProps found = schema;
        for (String name : path) {
            found = found.getProperties().get(name);
        }
        return found;
    }

    private static JSONSchemaProps items(JSONSchemaProps list) {
        return list.getItems().getSchema();
    }
}
