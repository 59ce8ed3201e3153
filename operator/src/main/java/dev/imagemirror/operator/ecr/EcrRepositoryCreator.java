package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.Tag;

/** Creates repositories in ECR private registries, where the configuration allows it. Thread-safe; blocking. */
public final class EcrRepositoryCreator implements RepositoryCreator {
    private static final Logger LOG = LoggerFactory.getLogger(EcrRepositoryCreator.class);
    private static final String ACTION = "ecr:CreateRepository";

    private final EcrClients clients;
    private final Set<String> allowed;
    private final RepositoryTemplate template;

    /**
     * @param clients of the regions
     * @param allowedRegistries host names of the registries where repositories may be created, in any spelling
     * @param template settings of new repositories
     */
    public EcrRepositoryCreator(EcrClients clients, Set<String> allowedRegistries, RepositoryTemplate template) {
        this.clients = clients;
        this.template = template;
        this.allowed =
                allowedRegistries.stream().map(EcrRepositoryCreator::plain).collect(Collectors.toSet());
    }

    @Override
    public Answer create(ImageReference destination) {
        EcrRepository repository = EcrRepository.of(destination).orElse(null);
        if (repository == null) {
            return NONE.create(destination);
        }
        String host = repository.registry().plainHost();
        return allowed.contains(host)
                ? create(repository)
                : new Refused(destination.name() + " does not exist; create the repository, or let the operator create"
                        + " repositories at " + host);
    }

    private Answer create(EcrRepository repository) {
        EcrClient ecr = clients.of(repository.registry());
        try {
            ecr.createRepository(request(repository));
            complete(ecr, repository);
            return new Exists();
        } catch (RepositoryAlreadyExistsException e) {
            return new Exists(); // created concurrently by another pass or someone else
        } catch (LimitExceededException e) {
            return new Refused(repository + " cannot be created: " + EcrErrors.detail(e)
                    + "; request a higher repository quota from AWS, or delete some repositories");
        } catch (SdkException e) {
            return new Refused(
                    EcrErrors.isDenied(e)
                            ? EcrErrors.denied(repository, ACTION, e) + ", or create the repository"
                            : repository + " cannot be created: " + EcrErrors.detail(e) + "; will be retried");
        }
    }

    private CreateRepositoryRequest request(EcrRepository repository) {
        return CreateRepositoryRequest.builder()
                .registryId(repository.registry().account())
                .repositoryName(repository.name())
                .encryptionConfiguration(encryption -> encryption
                        .encryptionType(template.kmsKey().isEmpty() ? EncryptionType.AES256 : EncryptionType.KMS)
                        .kmsKey(template.kmsKey().isEmpty() ? null : template.kmsKey()))
                .imageScanningConfiguration(scanning -> scanning.scanOnPush(template.scanOnPush()))
                .imageTagMutability(
                        template.immutableTags() ? ImageTagMutability.IMMUTABLE : ImageTagMutability.MUTABLE)
                .tags(template.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** The repository exists and is usable even if its policies cannot be set. */
    private void complete(EcrClient ecr, EcrRepository repository) {
        LOG.info("created repository {}", repository);
        String account = repository.registry().account();
        try {
            if (!template.lifecyclePolicy().isEmpty()) {
                ecr.putLifecyclePolicy(request -> request.registryId(account)
                        .repositoryName(repository.name())
                        .lifecyclePolicyText(template.lifecyclePolicy()));
            }
            if (!template.policy().isEmpty()) {
                ecr.setRepositoryPolicy(request -> request.registryId(account)
                        .repositoryName(repository.name())
                        .policyText(template.policy()));
            }
        } catch (SdkException e) {
            LOG.warn(
                    "created repository {}, but could not set its policies: {}; set them by hand, or delete the"
                            + " repository to have it recreated",
                    repository,
                    EcrErrors.detail(e));
        }
    }

    private static String plain(String host) {
        return EcrRegistry.of(host).map(EcrRegistry::plainHost).orElse(host);
    }
}
