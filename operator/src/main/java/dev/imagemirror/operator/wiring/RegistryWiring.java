package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.config.EcrConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.config.RegistriesConfig;
import dev.imagemirror.operator.ecr.EcrClients;
import dev.imagemirror.operator.ecr.EcrDigestResolver;
import dev.imagemirror.operator.ecr.EcrRepositoryCreator;
import dev.imagemirror.operator.ecr.RepositoryTemplate;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.registry.DeniedMeansMissing;
import dev.imagemirror.operator.registry.RegistryDigestResolver;
import dev.imagemirror.operator.registry.RegistryLimits;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.worker.credentials.AssumedRoles;
import dev.imagemirror.worker.credentials.Credentials;
import dev.imagemirror.worker.credentials.EcrRoles;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Registry access: by the distribution API, and by registries' own APIs where they have one. */
final class RegistryWiring {
    private static final int ATTEMPTS = 2;

    private final OperatorConfig config;
    private final Context context;
    private final Probes probes;
    private final OpenParts open;
    private final Credentials credentials;
    private final EcrClients ecr;
    private final RegistryDigestResolver plain;

    RegistryWiring(OperatorConfig config, Context context, Probes probes, AwsClients aws, OpenParts open) {
        this.config = config;
        this.context = context;
        this.probes = probes;
        this.open = open;
        EcrRoles roles = EcrRoles.of(config.ecr().roles());
        AssumedRoles assumed = open.add(new AssumedRoles(roles, aws.http(), aws.calls()));
        credentials = open.add(Credentials.of(context.environment(), roles, context.clock(), aws::calls));
        ecr = open.add(new EcrClients(registry -> aws.ecr(registry, assumed)));
        plain = open.add(distribution());
    }

    /**
     * Resolvers that read many digests at once. Each handles its own registries and delegates the rest to the given
     * resolver.
     */
    private List<UnaryOperator<DigestResolver>> bulkResolvers() {
        return List.of(others -> new EcrDigestResolver(
                others,
                ecr,
                waitingPasses(),
                context.clock(),
                config.registries().limits().sweepWindow()));
    }

    DigestResolver resolver() {
        DigestResolver resolver = plain;
        for (UnaryOperator<DigestResolver> bulk : bulkResolvers()) {
            resolver = bulk.apply(resolver);
        }
        return resolver;
    }

    RepositoryCreator repositories() {
        return new EcrRepositoryCreator(
                ecr,
                Set.copyOf(config.ecr().createRepositories()),
                template(config.ecr().repository()));
    }

    CredentialProvider credentials() {
        return credentials;
    }

    List<RegistryHealth> health() {
        return plain.health();
    }

    /** For copies in this process: as patient as the worker's. */
    RegistryClient copyClient(RetryPolicy retries) {
        return new RegistryClient(settings(), credentials, retries, probes.registries());
    }

    private RegistryDigestResolver distribution() {
        RegistriesConfig.Limits limits = config.registries().limits();
        RetryPolicy retries = new RetryPolicy(
                ATTEMPTS,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                context.clock(),
                RetryPolicy.Sleeper.REAL,
                context.random());
        RegistrySettings settings = settings()
                .withTimeouts(limits.connectTimeout(), limits.responseTimeout())
                .withConnectionsPerHost(limits.concurrency());
        return new RegistryDigestResolver(
                open.add(new RegistryClient(settings, credentials, retries, probes.registries())),
                new RegistryLimits(
                        limits.concurrency(),
                        waitingPasses(),
                        limits.sweepWindow(),
                        RegistryLimits.STANDARD.rememberedAnswers()),
                new DeniedMeansMissing(Set.copyOf(config.registries().deniedMeansMissing()), credentials),
                context.clock(),
                context.random());
    }

    /** Half of the workers, so that one slow registry leaves the other half for the rest. */
    private int waitingPasses() {
        return Math.max(1, config.loop().workers() / 2);
    }

    private RegistrySettings settings() {
        RegistriesConfig registries = config.registries();
        return RegistrySettings.standard()
                .named("image-mirror-operator")
                .reaching(Set.copyOf(registries.insecure()), registries.caFiles(), proxies())
                .under(addressRule(registries.addresses()));
    }

    private Proxies proxies() {
        try {
            return Proxies.fromEnvironment(context.environment());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.CONFIG, String.valueOf(e.getMessage()));
        }
    }

    private static AddressRule addressRule(RegistriesConfig.Addresses addresses) {
        return new AddressRule(
                Set.copyOf(addresses.loopback()),
                addresses.isPrivateAllowed(),
                new AddressRule.Settings("registries.loopback", "registries.privateAddresses"));
    }

    private static RepositoryTemplate template(EcrConfig.Repository repository) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : repository.tags()) {
            int equals = tag.indexOf('=');
            tags.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return new RepositoryTemplate(
                repository.kmsKey(),
                repository.scanOnPush(),
                repository.immutableTags(),
                tags,
                repository.lifecyclePolicy(),
                repository.policy());
    }
}
