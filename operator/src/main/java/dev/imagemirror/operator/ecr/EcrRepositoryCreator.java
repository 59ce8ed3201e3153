package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.reconcile.RepositoryCreator;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;

/** Makes repositories at ECR private registries, where configuration allows it. Thread-safe; blocking. */
public final class EcrRepositoryCreator implements RepositoryCreator {
    private static final String ACTION = "ecr:CreateRepository";

    private final EcrClients clients;
    private final Set<String> allowed;

    /**
     * @param clients of the regions
     * @param allowedRegistries host names of the registries where repositories may be made, in any spelling
     */
    public EcrRepositoryCreator(EcrClients clients, Set<String> allowedRegistries) {
        this.clients = clients;
        this.allowed =
                allowedRegistries.stream().map(EcrRepositoryCreator::plain).collect(Collectors.toSet());
    }

    @Override
    public String create(ImageReference destination) {
        EcrRepository repository = EcrRepository.of(destination).orElse(null);
        if (repository == null) {
            return NONE.create(destination);
        }
        String host = repository.registry().plainHost();
        return allowed.contains(host)
                ? create(repository)
                : NONE.create(destination) + ", or let the operator create repositories at " + host;
    }

    private String create(EcrRepository repository) {
        CreateRepositoryRequest request = CreateRepositoryRequest.builder()
                .registryId(repository.registry().account())
                .repositoryName(repository.name())
                .build();
        try {
            clients.of(repository.registry().region()).createRepository(request);
            return null;
        } catch (RepositoryAlreadyExistsException e) {
            return null; // another pass or somebody else was faster
        } catch (LimitExceededException e) {
            return repository + " cannot be created: " + EcrErrors.detail(e)
                    + "; ask AWS for a higher quota of repositories or delete some";
        } catch (SdkException e) {
            return EcrErrors.isDenied(e)
                    ? EcrErrors.denied(repository, ACTION, e) + ", or create the repository"
                    : repository + " cannot be created: " + EcrErrors.detail(e) + "; this is tried again";
        }
    }

    private static String plain(String host) {
        return EcrRegistry.of(host).map(EcrRegistry::plainHost).orElse(host);
    }
}
