package dev.imagemirror.operator.ecr;

import java.util.Map;

/**
 * What repositories are like that are made.
 *
 * @param kmsKey key that encrypts them; empty for ECR's own encryption (AES-256)
 * @param scanOnPush look for vulnerabilities in what is pushed
 * @param immutableTags tags cannot be moved
 * @param tags of AWS, for example for billing
 * @param lifecyclePolicy JSON, or empty for none
 * @param policy JSON of who may use it, or empty for none
 */
public record RepositoryTemplate(
        String kmsKey,
        boolean scanOnPush,
        boolean immutableTags,
        Map<String, String> tags,
        String lifecyclePolicy,
        String policy) {
    /** As ECR makes them if nothing is said. */
    public static final RepositoryTemplate PLAIN = new RepositoryTemplate("", false, false, Map.of(), "", "");

    /** Copies the map. */
    public RepositoryTemplate {
        tags = Map.copyOf(tags);
    }
}
