package dev.imagemirror.operator.testing.kubernetes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy as a person writes it. Immutable.
 *
 * @param settings lines of the spec beside its mirrors
 * @param annotations lines
 * @param mirrors one line of YAML each
 */
public record PolicyText(
        String namespace, String name, List<String> settings, List<String> annotations, List<String> mirrors) {
    /** One without settings, annotations and mirrors. */
    public static PolicyText of(String namespace, String name) {
        return new PolicyText(namespace, name, List.of(), List.of(), List.of());
    }

    /** With one more mirror. */
    public PolicyText mirror(String source, String... destinations) {
        String line = "{source: '%s', destinations: ['%s']}".formatted(source, String.join("', '", destinations));
        return new PolicyText(namespace, name, settings, annotations, plus(mirrors, line));
    }

    /** With a line such as {@code suspend: true} in its spec. */
    public PolicyText with(String setting) {
        return new PolicyText(namespace, name, plus(settings, setting), annotations, mirrors);
    }

    /** With the annotation. */
    public PolicyText annotated(String annotation, String value) {
        return new PolicyText(
                namespace, name, settings, plus(annotations, annotation + ": \"" + value + "\""), mirrors);
    }

    /** As {@code kubectl apply -f -} takes it. */
    public String yaml() {
        return """
                apiVersion: imagemirror.dev/v1alpha1
                kind: MirrorPolicy
                metadata:
                  name: %s
                  namespace: %s
                  annotations: {%s}
                spec:
                %s  mirrors:
                %s""".formatted(
                        name,
                        namespace,
                        String.join(", ", annotations),
                        lines("  ", settings),
                        mirrors.isEmpty() ? "  []\n" : lines("  - ", mirrors));
    }

    private static String lines(String before, List<String> texts) {
        return texts.stream().map(text -> before + text + "\n").collect(Collectors.joining());
    }

    private static List<String> plus(List<String> texts, String another) {
        return Stream.concat(texts.stream(), Stream.of(another)).toList();
    }
}
