package dev.imagemirror.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import java.util.TreeMap;

/** All parts of a schema by their path, such as {@code spec.mirrors[].source}. */
final class SchemaFields {
    private final Map<String, JSONSchemaProps> found = new TreeMap<>();

    private SchemaFields() {}

    /** Those under {@code root}, itself not among them. */
    static Map<String, JSONSchemaProps> of(JSONSchemaProps root) {
        SchemaFields fields = new SchemaFields();
        fields.addBelow("", root);
        return fields.found;
    }

    private void addBelow(String path, JSONSchemaProps schema) {
        String prefix = path.isEmpty() ? "" : path + ".";
        schema.getProperties().forEach((name, field) -> add(prefix + name, field));
        if (schema.getItems() != null) {
            add(path + "[]", schema.getItems().getSchema());
        }
    }

    private void add(String path, JSONSchemaProps schema) {
        found.put(path, schema);
        addBelow(path, schema);
    }
}
