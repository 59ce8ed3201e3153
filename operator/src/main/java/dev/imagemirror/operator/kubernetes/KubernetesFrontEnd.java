package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.port.ClusterNames;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.RowAdoption;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches and reconciles a cluster's policies; started once and stopped once. Thread-safe. */
public final class KubernetesFrontEnd implements AutoCloseable {
    /** Name of the controller and the lease, and field manager of owned fields. */
    static final String NAME = "mirror-operator";

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesFrontEnd.class);
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final Duration SYNC = Duration.ofSeconds(60);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);
    /** Status arrives pair by pair; limits how often a policy is reconciled. */
    private static final LinearRateLimiter PASSES = new LinearRateLimiter(Duration.ofSeconds(3), 4);

    private final KubernetesClient client;
    private final FrontEndSettings settings;
    private final ClusterIdentity identity;
    private final Consumer<String> onEnd;
    private final Operator operator;
    private volatile boolean started;
    private volatile boolean closed;

    /**
     * The tables.
     *
     * @param mirrors receives the rows
     * @param adoption adopts rows
     * @param names cluster names
     * @param catalog follows both tables; already listed when the front-end starts
     */
    public record Tables(MirrorTable mirrors, RowAdoption adoption, ClusterNames names, EntryCatalog catalog) {}

    /**
     * Creates a front-end without starting it.
     *
     * @param client closed with the front-end
     * @param onEnd called on any thread with the reason when the front-end cannot continue, so that the process can
     *     shut down cleanly
     */
    public KubernetesFrontEnd(
            KubernetesClient client, FrontEndSettings settings, Tables tables, Clock clock, Consumer<String> onEnd) {
        this.client = client;
        this.settings = settings;
        this.identity = new ClusterIdentity(client, tables.names());
        this.onEnd = onEnd;
        this.operator = new Operator(this::configure);
        operator.register(reconciler(tables, clock), this::configure);
    }

    /**
     * A client for the pod's service account or the user's kubeconfig.
     *
     * @throws FrontEndException if the kubeconfig cannot be read
     */
    public static KubernetesClient standardClient() {
        try {
            return new KubernetesClientBuilder().build();
        } catch (RuntimeException e) { // the parser's message quotes the file, which contains secrets
            throw new FrontEndException(
                    "cannot read the kubeconfig; check the file named by KUBECONFIG, or ~/.kube/config, with"
                            + " kubectl config view",
                    true,
                    null);
        }
    }

    /**
     * Claims the cluster's name, lists the policies and starts reconciling.
     *
     * @throws FrontEndException if that fails
     */
    public void start() {
        identity.claim(settings.cluster());
        try {
            operator.start();
        } catch (RuntimeException e) { // any framework failure caused by the API server's response
            throw new FrontEndException(
                    "cannot watch MirrorPolicies: " + rootOf(e).getMessage()
                            + "; check that the MirrorPolicy CRD is installed, that the operator's role may list and"
                            + " watch it and, with kubernetes.leaderElection, may hold a lease",
                    e instanceof IllegalArgumentException,
                    e);
        }
        started = true;
        LOG.info("watching MirrorPolicies of cluster {}", settings.cluster());
    }

    /** True once the policies are listed, whether leader or standby. */
    public boolean isReady() {
        return started && !closed && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** Stops reconciling; passes in progress may finish. */
    @Override
    public void close() {
        closed = true;
        try {
            operator.stop();
        } finally {
            client.close();
        }
    }

    private MirrorPolicyReconciler reconciler(Tables tables, Clock clock) {
        PolicyTriggers triggers = new PolicyTriggers(settings.cluster());
        EntryCatalog catalog = tables.catalog();
        RowIndex index = new RowIndex(catalog, triggers::changed);
        catalog.onReach(triggers::all);
        Adopter adopter = new Adopter(tables.adoption(), catalog, index);
        RowSync sync = new RowSync(tables.mirrors(), catalog, index, adopter);
        PolicyRows rows = new PolicyRows(catalog, index, sync, new SyncRequests(tables.mirrors()), settings.limits());
        return new MirrorPolicyReconciler(
                settings.cluster(),
                rows,
                new PolicyStatusFactory(clock),
                new MirrorPolicyReconciler.Outputs(
                        new EventRecorder(client, clock), new StatusWriter(client, NAME, settings.serverSideApply())),
                triggers,
                settings.times().tryAgain());
    }

    /** The framework's own message only says that it did not start. */
    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause().getMessage() != null) {
            root = root.getCause();
        }
        return root;
    }

    private void configure(ConfigurationServiceOverrider service) {
        service.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withUseSSAToPatchPrimaryResource(settings.serverSideApply())
                .withReconciliationTerminationTimeout(STOP)
                .withCacheSyncTimeout(SYNC)
                .withInformerStoppedHandler((informer, error) -> {
                    if (error != null) {
                        end("cannot watch MirrorPolicies any more: " + error);
                    }
                });
        if (settings.election().isEnabled()) {
            LeaderElectionConfigurationBuilder lease = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            NAME)
                    .withExitOnStopLeading(false)
                    .withLeaderCallbacks(new LeaderCallbacks(
                            () -> LOG.info("became leader"),
                            () -> end("lost leadership: another process leads, or the lease could not be renewed"),
                            leader -> LOG.info("leader is {}", leader)));
            if (!settings.election().namespace().isEmpty()) {
                lease.withLeaseNamespace(settings.election().namespace());
            }
            service.withLeaderElectionConfiguration(lease.build());
        }
    }

    private void configure(ControllerConfigurationOverrider<MirrorPolicy> controller) {
        controller
                .withName(NAME)
                .withFieldManager(NAME)
                .withFinalizer("imagemirror.dev/rows")
                .withGenerationAware(false)
                .withOnUpdateFilter(PolicyEdits::matter)
                .withRateLimiter(PASSES)
                .withRetry(new GenericRetry()
                        .setInitialInterval(FIRST_RETRY)
                        .setMaxInterval(LAST_RETRY.toMillis())
                        .withoutMaxAttempts())
                .withReconciliationMaxInterval(settings.times().resync());
        if (settings.namespaces().isEmpty()) {
            controller.watchingAllNamespaces();
        } else {
            controller.settingNamespaces(Set.copyOf(settings.namespaces()));
        }
    }

    private void end(String why) {
        if (!closed) {
            onEnd.accept(why);
        }
    }
}
