package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Triggers passes when a policy's rows change. Thread-safe. */
final class PolicyTriggers {
    private final String cluster;
    private final SimpleInboundEventSource<MirrorPolicy> source = new SimpleInboundEventSource<>("tables");
    private volatile @Nullable EventSourceContext<MirrorPolicy> context;

    PolicyTriggers(String cluster) {
        this.cluster = cluster;
    }

    EventSource<?, MirrorPolicy> source(EventSourceContext<MirrorPolicy> newContext) {
        context = newContext;
        return source;
    }

    /** A row of that manager has changed; ignored unless the manager is a policy of this cluster. */
    void changed(String manager) {
        PolicyName policy = PolicyName.of(manager, cluster);
        if (policy != null) {
            source.propagateEvent(new ResourceID(policy.name(), policy.namespace()));
        }
    }

    /** Triggers all policies. */
    void all() {
        EventSourceContext<MirrorPolicy> known = context;
        if (known != null) {
            known.getPrimaryCache()
                    .list()
                    .map(ResourceID::fromResource)
                    .filter(Objects::nonNull)
                    .forEach(source::propagateEvent);
        }
    }
}
