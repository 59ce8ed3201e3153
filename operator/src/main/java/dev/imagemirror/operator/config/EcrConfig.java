package dev.imagemirror.operator.config;

import java.util.List;

/**
 * Settings specific to Amazon ECR.
 *
 * @param createRepositories registries in which missing repositories are created
 * @param roles to assume, {@code HOST=ROLE_ARN}
 * @param repository settings of created repositories
 */
public record EcrConfig(List<String> createRepositories, List<String> roles, Repository repository) {
    private static final Format<List<String>> HOSTS = new Format<>(
            "a list of hosts such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com", RegistryValues::ecrHosts);
    private static final Format<List<String>> ROLES =
            new Format<>("a list of HOST=ROLE_ARN", Values.listOf("[a-z0-9.-]+=arn:[a-z-]+:iam::[0-9]{12}:role/.+"));

    static EcrConfig read(Section ecr) {
        return new EcrConfig(
                ecr.read(
                        "createRepositories",
                        "",
                        HOSTS,
                        "ECR registries in which missing destination repositories are created"),
                ecr.read("roles", "", ROLES, "IAM roles to assume for ECR registries, such as those of other accounts"),
                Repository.read(ecr.section("repository")));
    }

    /**
     * Settings of created repositories.
     *
     * @param kmsKey encryption key, or empty
     * @param scanOnPush scan for vulnerabilities
     * @param immutableTags tags cannot be moved
     * @param tags AWS tags, {@code KEY=VALUE}
     * @param lifecyclePolicy JSON, or empty
     * @param policy JSON, or empty
     */
    public record Repository(
            String kmsKey,
            boolean scanOnPush,
            boolean immutableTags,
            List<String> tags,
            String lifecyclePolicy,
            String policy) {
        private static Repository read(Section repository) {
            return new Repository(
                    repository.read(
                            "kmsKey",
                            "",
                            new Format<>("a key ARN or alias", Values::optional),
                            "KMS key that encrypts created repositories"),
                    repository.read("scanOnPush", "false", Format.FLAG, "Scan images pushed to created repositories"),
                    repository.read(
                            "immutableTags", "false", Format.FLAG, "Make tags in created repositories immutable"),
                    repository.read(
                            "tags",
                            "",
                            new Format<>("a list of KEY=VALUE", Values.listOf("[^=]+=.*")),
                            "AWS tags of created repositories"),
                    repository.read("lifecyclePolicy", "", Format.JSON, "Lifecycle policy of created repositories"),
                    repository.read("policy", "", Format.JSON, "Repository policy of created repositories"));
        }
    }
}
