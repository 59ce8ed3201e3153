package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.config.LeaseConfig;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.config.TablesConfig;
import dev.imagemirror.operator.doctor.TableForm;
import dev.imagemirror.operator.doctor.TablesAtStart;
import dev.imagemirror.operator.domain.CopyJob;
import dev.imagemirror.operator.dynamodb.DynamoClusterNames;
import dev.imagemirror.operator.dynamodb.DynamoLease;
import dev.imagemirror.operator.dynamodb.DynamoMirrorTable;
import dev.imagemirror.operator.dynamodb.DynamoRowAdoption;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.engine.Pause;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.port.ClusterNames;
import dev.imagemirror.operator.port.JobProgress;
import dev.imagemirror.operator.port.Lease;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.program.Pauses;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.text.AwsMessage;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** All adapters, wired according to the configuration; closed in reverse order. */
public final class Wiring implements AutoCloseable {
    private static final Pause PAUSE = Pauses::of;

    private final OperatorConfig config;
    private final Context context;
    private final OpenParts open;
    private final AwsClients aws;
    private final DynamoDbClient dynamo;
    private final RegistryWiring registries;
    private final JobWiring jobs;
    private final FeedWiring feeds;
    private final Ports ports;

    private Wiring(OperatorConfig config, Context context, boolean withoutJobs, Probes probes) {
        this.config = config;
        this.context = context;
        this.open = new OpenParts(context.err());
        this.aws = new AwsClients(open.add(UrlConnectionHttpClient.create()), probes.aws());
        this.dynamo = open.add(aws.dynamo());
        this.registries = new RegistryWiring(config, context, probes, aws, open);
        this.jobs = withoutJobs ? JobWiring.none() : jobs(probes);
        this.feeds = new FeedWiring(config, context, PAUSE, aws, dynamo, open);
        TablesConfig tables = config.tables();
        this.ports = new Ports(
                new DynamoMirrorTable(dynamo, tables.mirrors(), PAUSE, context.random()),
                new DynamoStatusTable(dynamo, tables.statuses(), tables.mirrors(), PAUSE, context.random()),
                registries.resolver(),
                jobs.queue(),
                registries.repositories());
    }

    private JobWiring jobs(Probes probes) {
        return config.jobs().mode() == JobsConfig.Mode.BATCH
                ? JobWiring.batch(config, probes, open)
                : JobWiring.local(config, context, registries, open);
    }

    /**
     * Creates the adapters.
     *
     * @param withoutJobs omit the job queue, for commands that only read tables
     */
    public static Wiring open(OperatorConfig config, Context context, boolean withoutJobs) {
        return open(config, context, withoutJobs, Probes.NONE);
    }

    /**
     * Creates the adapters.
     *
     * @param withoutJobs omit the job queue, for commands that only read tables
     * @param probes listeners for requests
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
     * Returns this if the tables have these schemas; otherwise closes it.
     *
     * @throws CommandFailure if one differs
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

    /** Adopts unmanaged rows. */
    public RowAdoption adoption() {
        TablesConfig tables = config.tables();
        return new DynamoRowAdoption(dynamo, tables.statuses(), tables.mirrors(), PAUSE, context.random());
    }

    /** Which cluster owns a name. */
    public ClusterNames clusterNames() {
        return new DynamoClusterNames(dynamo, config.tables().statuses(), PAUSE, context.random());
    }

    /** Elects the active replica; the caller closes it. */
    public Lease lease() {
        LeaseConfig settings = config.lease();
        return settings.enabled()
                ? new DynamoLease(
                        dynamo, settings.table(), config.tables().mirrors(), context.newClaimant(), LeaseConfig.LENGTH)
                : Lease.ALONE;
    }

    public DynamoDbClient dynamo() {
        return dynamo;
    }

    /** Client for the event queue; closed with this. */
    public SqsClient sqs() {
        return open.add(aws.sqs());
    }

    /** Registry credentials. */
    public CredentialProvider credentials() {
        return registries.credentials();
    }

    /** Registry health, as seen by this process. */
    public List<RegistryHealth> registryHealth() {
        return registries.health();
    }

    /** Progress of this process's jobs; none where jobs run elsewhere. */
    public List<JobProgress> jobProgress() {
        return jobs.own().get();
    }

    /**
     * Progress of jobs, without delay.
     *
     * @param seen the jobs in flight
     */
    public List<JobProgress> jobProgress(Collection<CopyJob> seen) {
        return jobs.progress().apply(seen);
    }

    /**
     * Changes for the loop; the caller closes it.
     *
     * @param isBusy true while no more can be accepted
     */
    public ChangeFeed changes(BooleanSupplier isBusy) {
        return feeds.ofLoop(isBusy);
    }

    /** The mirror table's stream; the caller closes it. */
    public ChangeFeed mirrorChanges() {
        return feeds.mirrors();
    }

    /** The status table's stream; the caller closes it. */
    public ChangeFeed statusChanges() {
        return feeds.statuses();
    }

    @Override
    public void close() {
        open.close();
    }
}
