package dev.imagemirror.crds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * The spec of a policy for tests.
 *
 * @param it what is special about it
 * @param spec as written
 * @param says what the API server prints, perhaps among more; null if it takes the spec
 * @param onlyTheSchema whether the command line takes it nevertheless
 */
public record TestingSpec(String it, Map<String, Object> spec, String says, boolean onlyTheSchema) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The policy of that name, as {@code kubectl apply -f -} takes it; JSON is YAML too. */
    public String manifest(String name) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "apiVersion",
                    "imagemirror.dev/v1alpha1",
                    "kind",
                    "MirrorPolicy",
                    "metadata",
                    Map.of("name", name),
                    "spec",
                    spec));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always serializable", e);
        }
    }

    @Override
    public String toString() {
        return it;
    }
}
