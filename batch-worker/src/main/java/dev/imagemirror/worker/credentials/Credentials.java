package dev.imagemirror.worker.credentials;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

/**
 * All sources of credentials, in this order: the configuration in SSM or Secrets Manager
 * ({@code CONTAINER_AUTH_PARAMETER}), docker's configuration file with its helpers, ECR tokens for ECR registries,
 * anonymous. No AWS class is loaded before it is needed. Thread-safe.
 */
public final class Credentials implements CredentialProvider, AutoCloseable {
    private final DockerConfigSource parameter;
    private final DockerConfigSource file;
    private final EcrTokens ecr;

    Credentials(DockerConfigSource parameter, DockerConfigSource file, EcrTokens ecr) {
        this.parameter = parameter;
        this.file = file;
        this.ecr = ecr;
    }

    /** The sources configured in the environment. */
    public static Credentials fromEnvironment(Map<String, String> environment, Clock clock) {
        return of(environment, EcrRoles.NONE, clock);
    }

    /** The sources configured in the environment, and roles for ECR. */
    public static Credentials of(Map<String, String> environment, EcrRoles roles, Clock clock) {
        return of(environment, roles, clock, () -> AwsLimits.of(List.of()));
    }

    /**
     * The same, with a configuration of AWS clients.
     *
     * @param calls called before the first client is created
     */
    public static Credentials of(
            Map<String, String> environment, EcrRoles roles, Clock clock, Supplier<ClientOverrideConfiguration> calls) {
        CredentialHelper helpers = new CredentialHelper(environment);
        String name = environment.getOrDefault("CONTAINER_AUTH_PARAMETER", "").trim();
        return new Credentials(
                name.isEmpty()
                        ? DockerConfigSource.NONE
                        : DockerConfigSource.of(() -> AwsAuthFile.read(name, helpers, calls.get()), clock),
                DockerConfigSource.of(() -> DockerConfigFiles.read(environment, helpers), clock),
                new EcrTokens(() -> new AwsEcr(roles, calls.get()), roles, clock));
    }

    @Override
    public Optional<Credential> find(String registry, String repository) throws RegistryException {
        Optional<Credential> configured = parameter.config().find(registry, repository);
        if (configured.isEmpty()) {
            configured = file.config().find(registry, repository);
        }
        if (configured.isPresent()) {
            return configured;
        }
        if (registry.equals(EcrRegistry.PUBLIC_HOST)) {
            return ecr.publicToken();
        }
        Optional<EcrRegistry> ecrRegistry = EcrRegistry.of(registry);
        return ecrRegistry.isPresent() ? Optional.of(ecr.token(ecrRegistry.get())) : Optional.empty();
    }

    @Override
    public void forget(String registry, Credential refused) {
        EcrRegistry.of(registry).ifPresent(ecrRegistry -> ecr.forget(ecrRegistry, refused));
        if (registry.equals(EcrRegistry.PUBLIC_HOST)) {
            ecr.forgetPublic(refused);
        }
    }

    @Override
    public void close() {
        ecr.close();
    }
}
