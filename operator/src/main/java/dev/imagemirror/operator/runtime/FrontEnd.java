package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.config.KubernetesConfig;
import dev.imagemirror.operator.config.NamespaceLimit;
import dev.imagemirror.operator.kubernetes.FrontEndException;
import dev.imagemirror.operator.kubernetes.FrontEndSettings;
import dev.imagemirror.operator.kubernetes.KubernetesFrontEnd;
import dev.imagemirror.operator.kubernetes.NamespaceLimits;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.wiring.Wiring;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The Kubernetes front-end; started once and stopped once. */
public final class FrontEnd implements AutoCloseable {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(15);

    private final CatalogFeed feed;
    private final KubernetesFrontEnd kubernetes;

    /**
     * Creates a front-end that is not started.
     *
     * @param feed keeps the catalog it reads current
     * @param onEnd called with the reason when it cannot continue
     */
    public FrontEnd(Wiring wiring, CatalogFeed feed, Context context, Consumer<String> onEnd) {
        this(wiring, feed, context, onEnd, true);
    }

    /** @param serverSideApply false for the test API server, which does not support it */
    public FrontEnd(Wiring wiring, CatalogFeed feed, Context context, Consumer<String> onEnd, boolean serverSideApply) {
        KubernetesConfig config = wiring.config().kubernetes();
        if (config.cluster().isEmpty()) {
            throw new CommandFailure(
                    Exit.CONFIG,
                    "kubernetes.cluster is not set; give the cluster a name that no other cluster using these tables"
                            + " has (MIRROR_OPERATOR_KUBERNETES_CLUSTER)");
        }
        this.feed = feed;
        this.kubernetes = new KubernetesFrontEnd(
                client(),
                settings(config, serverSideApply),
                new KubernetesFrontEnd.Tables(
                        wiring.ports().mirrors(), wiring.adoption(), wiring.clusterNames(), feed.catalog()),
                context.clock(),
                onEnd);
    }

    /** Lists tables and policies, then starts; an unreadable table is an error here, but later only a delay. */
    public void start() {
        feed.read();
        try {
            kubernetes.start();
        } catch (FrontEndException e) {
            throw failure(e);
        }
    }

    /** True once the policies are known, whether this process is leader or on standby. */
    public boolean isReady() {
        return kubernetes.isReady();
    }

    @Override
    public void close() {
        kubernetes.close();
    }

    private static KubernetesClient client() {
        try {
            return KubernetesFrontEnd.standardClient();
        } catch (FrontEndException e) {
            throw failure(e);
        }
    }

    private static CommandFailure failure(FrontEndException e) {
        return new CommandFailure(e.isLasting() ? Exit.CONFIG : Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    private static FrontEndSettings settings(KubernetesConfig config, boolean serverSideApply) {
        return new FrontEndSettings(
                config.cluster(),
                config.namespaces(),
                new NamespaceLimits(
                        limits(config.limits(), NamespaceLimit.Direction.FROM),
                        limits(config.limits(), NamespaceLimit.Direction.TO)),
                new FrontEndSettings.Times(config.resync(), TRY_AGAIN),
                new FrontEndSettings.Election(
                        config.election().isEnabled(), config.election().namespace()),
                serverSideApply);
    }

    private static Map<String, List<String>> limits(List<NamespaceLimit> limits, NamespaceLimit.Direction direction) {
        return limits.stream()
                .filter(limit -> limit.direction() == direction)
                .collect(Collectors.groupingBy(
                        NamespaceLimit::namespace, Collectors.mapping(NamespaceLimit::prefix, Collectors.toList())));
    }
}
