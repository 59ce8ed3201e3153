package dev.imagemirror.operator.ecr;

import java.util.Map;

/**
 * Settings of new repositories.
 *
 * @param kmsKey encryption key; empty for ECR's own encryption (AES-256)
 * @param scanOnPush scan pushed images for vulnerabilities
 * @param immutableTags tags cannot be moved
 * @param tags AWS resource tags, such as for billing
 * @param lifecyclePolicy JSON, or empty for none
 * @param policy JSON of the repository policy, or empty for none
 */
public record RepositoryTemplate(
        String kmsKey,
        boolean scanOnPush,
        boolean immutableTags,
        Map<String, String> tags,
        String lifecyclePolicy,
        String policy) {
    /** ECR's defaults. */
    public static final RepositoryTemplate PLAIN = new RepositoryTemplate("", false, false, Map.of(), "", "");

    /** Copies the map. */
    public RepositoryTemplate {
        tags = Map.copyOf(tags);
    }
}
