package dev.imagemirror.operator.wiring;

import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.operator.batch.BatchClients;
import dev.imagemirror.operator.batch.BatchCopyJobQueue;
import dev.imagemirror.operator.batch.BatchProgress;
import dev.imagemirror.operator.batch.BatchSettings;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.doctor.TablesAtStart;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.dynamodb.DynamoClusterNames;
import dev.imagemirror.operator.dynamodb.DynamoLease;
import dev.imagemirror.operator.dynamodb.DynamoMirrorTable;
import dev.imagemirror.operator.dynamodb.DynamoRowAdoption;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.dynamodb.StreamsChangeFeed;
import dev.imagemirror.operator.ecr.EcrClients;
import dev.imagemirror.operator.ecr.EcrDigestResolver;
import dev.imagemirror.operator.ecr.EcrRepositoryCreator;
import dev.imagemirror.operator.ecr.RepositoryTemplate;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.events.SqsChangeFeed;
import dev.imagemirror.operator.local.LocalCopier;
import dev.imagemirror.operator.local.LocalCopyJobQueue;
import dev.imagemirror.operator.local.LocalSettings;
import dev.imagemirror.operator.local.ScheduledAlarm;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.ClusterNames;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.Lease;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.Pauses;
import dev.imagemirror.operator.registry.DeniedMeansMissing;
import dev.imagemirror.operator.registry.RegistryDigestResolver;
import dev.imagemirror.operator.registry.RegistryLimits;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.text.AwsMessage;
import dev.imagemirror.worker.credentials.AssumedRoles;
import dev.imagemirror.worker.credentials.Credentials;
import dev.imagemirror.worker.credentials.EcrRoles;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** All adapters, wired as the configuration says; closed in the reverse order. */
public final class Wiring implements AutoCloseable {
    private static final Pause PAUSE = Pauses::of;
    private static final Duration STREAM_INTERVAL = Duration.ofMillis(250);
    private static final int QUESTION_ATTEMPTS = 2;

    private final OperatorConfig config;
    private final Context context;
    private final Probes probes;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AwsClients aws;
    private final DynamoDbClient dynamo;
    private final Credentials credentials;
    private final RegistryDigestResolver resolver;
    private final Ports ports;
    private @Nullable BatchProgress batchProgress;

    private Wiring(OperatorConfig config, Context context, boolean withoutJobs, Probes probes) {
        this.config = config;
        this.probes = probes;
        this.context = context;
        SdkHttpClient http = opened(UrlConnectionHttpClient.create());
        this.aws = new AwsClients(http, probes.aws());
        EcrRoles roles = EcrRoles.of(config.ecr().roles());
        AssumedRoles assumed = opened(new AssumedRoles(roles, http, aws.calls()));
        this.dynamo = opened(aws.dynamo());
        this.credentials = opened(Credentials.of(context.environment(), roles, context.clock(), aws::calls));
        this.resolver = opened(resolver());
        EcrClients ecr = opened(new EcrClients(registry -> aws.ecr(registry, assumed)));
        DigestResolver registries = new EcrDigestResolver(
                resolver,
                ecr,
                waitingPasses(config),
                context.clock(),
                config.registries().sweepWindow());
        RepositoryCreator repositories = new EcrRepositoryCreator(
                ecr,
                Set.copyOf(config.createRepositories()),
                template(config.ecr().repository()));
        this.ports = new Ports(
                new DynamoMirrorTable(dynamo, config.tables().mirrors(), PAUSE, context.random()),
                new DynamoStatusTable(
                        dynamo, config.tables().statuses(), config.tables().mirrors(), PAUSE, context.random()),
                registries,
                withoutJobs ? new NoCopyJobs() : jobs(),
                repositories);
    }

    /**
     * Creates the adapters.
     *
     * @param withoutJobs leave out the job queue, for commands that only read tables
     */
    public static Wiring open(OperatorConfig config, Context context, boolean withoutJobs) {
        return open(config, context, withoutJobs, Probes.NONE);
    }

    /**
     * Creates the adapters.
     *
     * @param withoutJobs leave out the job queue, for commands that only read tables
     * @param probes who hears of requests
     */
    public static Wiring open(OperatorConfig config, Context context, boolean withoutJobs, Probes probes) {
        try {
            return new Wiring(config, context, withoutJobs, probes);
        } catch (SdkClientException e) {
            String fault = String.valueOf(e.getMessage());
            throw AwsMessage.isOfRegion(fault)
                    ? new CommandFailure(Exit.CONFIG, AwsMessage.of(fault))
                    : new CommandFailure(
                            Exit.CONFIG,
                            "cannot create AWS clients: " + fault,
                            "correct the AWS environment variables or the AWS config file");
        }
    }

    /**
     * This, if the tables have these forms; else it is closed.
     *
     * @throws CommandFailure if one has not
     */
    public Wiring require(List<TableForm> forms) {
        try {
            new TablesAtStart(dynamo).require(forms);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public OperatorConfig config() {
        return config;
    }

    public Ports ports() {
        return ports;
    }

    /** Takes over rows that nobody manages. */
    public RowAdoption adoption() {
        OperatorConfig.Tables tables = config.tables();
        return new DynamoRowAdoption(dynamo, tables.statuses(), tables.mirrors(), PAUSE, context.random());
    }

    /** Which cluster has a name. */
    public ClusterNames clusterNames() {
        return new DynamoClusterNames(dynamo, config.tables().statuses(), PAUSE, context.random());
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    /** For the queue of events; closed with all. */
    public SqsClient sqs() {
        return opened(aws.sqs());
    }

    /** With which registries are asked. */
    public CredentialProvider credentials() {
        return credentials;
    }

    /**
     * What tells of changes: the queue of events, else the mirror table's stream, or null; the caller closes it.
     *
     * @param isBusy true while no more can be taken
     */
    public @Nullable ChangeFeed changes(BooleanSupplier isBusy) {
        if (!config.events().hasQueue()) {
            return config.tables().stream() ? changesOf(config.tables().mirrors()) : null;
        }
        return new SqsChangeFeed(sqs(), config.events().queue(), isBusy, Pauses::of, context.random());
    }

    /** By which one of several replicas works; the caller closes it. */
    public Lease lease() {
        OperatorConfig.Lease settings = config.lease();
        return settings.enabled()
                ? new DynamoLease(
                        dynamo,
                        settings.table(),
                        config.tables().mirrors(),
                        context.newClaimant(),
                        OperatorConfig.Lease.LENGTH)
                : Lease.ALONE;
    }

    /** How registries do, as this process sees it. */
    public List<RegistryHealth> registryHealth() {
        return resolver.health();
    }

    /** How far the jobs of this process are; none where jobs run elsewhere. */
    public List<JobProgress> jobProgress() {
        return ports.jobs() instanceof LocalCopyJobQueue local ? local.progress() : List.of();
    }

    /**
     * How far jobs are, at once: those of this process as they are, those on Batch as their logs said a moment ago.
     *
     * @param seen the jobs in flight
     */
    public List<JobProgress> jobProgress(Collection<CopyJob> seen) {
        return batchProgress == null ? jobProgress() : batchProgress.of(seen);
    }

    /** The mirror table's stream; the caller closes it. */
    public ChangeFeed changes() {
        return changesOf(config.tables().mirrors());
    }

    /** The status table's stream; the caller closes it. */
    public ChangeFeed statusChanges() {
        return changesOf(config.tables().statuses());
    }

    private ChangeFeed changesOf(String table) {
        DynamoDbStreamsClient streams = opened(aws.streams());
        return new StreamsChangeFeed(dynamo, streams, table, STREAM_INTERVAL, PAUSE, context.random());
    }

    private static RepositoryTemplate template(OperatorConfig.Ecr.Repository repository) {
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

    private RegistryDigestResolver resolver() {
        RetryPolicy retries = new RetryPolicy(
                QUESTION_ATTEMPTS,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                context.clock(),
                RetryPolicy.Sleeper.REAL,
                context.random());
        RegistrySettings settings = registrySettings()
                .withTimeouts(
                        config.registries().connectTimeout(),
                        config.registries().responseTimeout())
                .withConnectionsPerHost(config.registries().concurrency());
        RegistryClient client = opened(new RegistryClient(settings, credentials, retries, probes.registries()));
        RegistryLimits limits = new RegistryLimits(
                config.registries().concurrency(),
                waitingPasses(config),
                config.registries().sweepWindow(),
                RegistryLimits.STANDARD.rememberedAnswers());
        return new RegistryDigestResolver(
                client,
                limits,
                new DeniedMeansMissing(Set.copyOf(config.registries().deniedMeansMissing()), credentials),
                context.clock(),
                context.random());
    }

    /** Half of the workers, so that one slow registry leaves the others half for the other registries. */
    private static int waitingPasses(OperatorConfig config) {
        return Math.max(1, config.loop().workers() / 2);
    }

    private RegistrySettings registrySettings() {
        return RegistrySettings.standard()
                .named("image-mirror-operator")
                .reaching(
                        Set.copyOf(config.registries().insecure()),
                        config.registries().caFiles(),
                        proxies())
                .under(addressRule(config.registries().addresses()));
    }

    private static AddressRule addressRule(OperatorConfig.Addresses addresses) {
        return new AddressRule(
                Set.copyOf(addresses.loopback()),
                addresses.isPrivateAllowed(),
                new AddressRule.Settings("registries.loopback", "registries.privateAddresses"));
    }

    /** Jobs connect by themselves, and may reach no more than the operator. */
    private Map<String, String> jobEnvironment() {
        boolean isPrivateAllowed = config.registries().addresses().isPrivateAllowed();
        return isPrivateAllowed ? Map.of() : Map.of("MIRROR_PRIVATE_ADDRESSES", "false");
    }

    private Proxies proxies() {
        try {
            return Proxies.fromEnvironment(context.environment());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.CONFIG, String.valueOf(e.getMessage()));
        }
    }

    private CopyJobQueue jobs() {
        if (config.jobs().mode() == OperatorConfig.JobMode.BATCH) {
            OperatorConfig.Jobs.Batch batch = config.jobs().batch();
            BatchSettings settings =
                    new BatchSettings(batch.queue(), batch.definition(), batch.logGroup(), jobEnvironment());
            BatchClients clients = opened(BatchClients.standard(probes.aws()));
            batchProgress = opened(new BatchProgress(settings, clients, System::nanoTime));
            return new BatchCopyJobQueue(settings, clients);
        }
        RetryPolicy retries = RetryPolicy.standard(context.clock(), context.random());
        LocalCopier copier = new LocalCopier(
                () -> new RegistryClient(registrySettings(), credentials, retries, probes.registries()),
                RegistryMirrors.NONE,
                CopySettings.standard(retries));
        LocalSettings settings = new LocalSettings(
                config.jobs().limits().local(), LocalSettings.standard().endedJobsKept(), Duration.ofSeconds(5));
        return opened(new LocalCopyJobQueue(copier, settings, context.clock(), opened(new ScheduledAlarm())));
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                context.err().println("mirror-operator: error while closing: " + e);
            }
        }
    }
}
