package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.operator.reconcile.PortException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes over policies: rows equal to spec, status equal to what is known. Level-based, thread-safe. */
final class MirrorPolicyReconciler implements Reconciler<MirrorPolicy>, Cleaner<MirrorPolicy> {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorPolicyReconciler.class);
    private static final Duration ADOPT_AGAIN = Duration.ofSeconds(5);

    private final String cluster;
    private final PolicyRows rows;
    private final PolicyStatusFactory statuses;
    private final EventRecorder events;
    private final StatusWriter writer;
    private final PolicyTriggers triggers;
    private final Duration tryAgain;

    /** @param tryAgain after this, while the tables are out of reach */
    MirrorPolicyReconciler(
            String cluster,
            PolicyRows rows,
            PolicyStatusFactory statuses,
            Told told,
            PolicyTriggers triggers,
            Duration tryAgain) {
        this.cluster = cluster;
        this.rows = rows;
        this.statuses = statuses;
        this.events = told.events();
        this.writer = told.writer();
        this.triggers = triggers;
        this.tryAgain = tryAgain;
    }

    /** How people are told. */
    record Told(EventRecorder events, StatusWriter writer) {}

    @Override
    public List<EventSource<?, MirrorPolicy>> prepareEventSources(EventSourceContext<MirrorPolicy> context) {
        return List.of(triggers.source(context));
    }

    @Override
    public UpdateControl<MirrorPolicy> reconcile(MirrorPolicy policy, Context<MirrorPolicy> context) {
        MirrorPolicyStatus before = policy.getStatus();
        ObjectMeta metadata = policy.getMetadata();
        try {
            PolicyRows.Found found = rows.reconcile(name(policy), policy);
            int mirrors =
                    policy.getSpec() == null ? 0 : policy.getSpec().mirrors().size();
            MirrorPolicyStatus after =
                    statuses.status(before, metadata.getGeneration(), mirrors, found.overview(), found.faults());
            UpdateControl<MirrorPolicy> control = control(policy, after);
            boolean waits = found.faults().stream().anyMatch(fault -> fault.kind() == PolicyFault.Kind.ADOPTION_WAITS);
            return waits ? control.rescheduleAfter(ADOPT_AGAIN) : control;
        } catch (PortException e) {
            LOG.warn(
                    "the rows of policy {} cannot be made equal now: {}",
                    name(policy).manager(),
                    e.getMessage());
            return control(policy, statuses.unreachable(before, metadata.getGeneration(), unreachable(e)))
                    .rescheduleAfter(tryAgain);
        }
    }

    @Override
    public DeleteControl cleanup(MirrorPolicy policy, Context<MirrorPolicy> context) {
        try {
            rows.letGo(name(policy), policy);
            return DeleteControl.defaultDelete();
        } catch (PortException e) {
            LOG.warn("policy {} cannot be deleted yet: {}", name(policy).manager(), e.getMessage());
            PolicyFault fault = new PolicyFault(
                    PolicyFault.Kind.TABLE_UNREACHABLE,
                    "the policy is deleted once its rows can be let go of: " + e.getMessage());
            MirrorPolicyStatus after = statuses.unreachable(
                    policy.getStatus(), policy.getMetadata().getGeneration(), fault);
            if (!after.equals(policy.getStatus())) {
                tell(policy, after);
                writer.write(withStatus(policy, after));
            }
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(tryAgain.toMillis());
        }
    }

    private UpdateControl<MirrorPolicy> control(MirrorPolicy policy, MirrorPolicyStatus after) {
        if (Objects.equals(after, policy.getStatus())) {
            return UpdateControl.noUpdate();
        }
        tell(policy, after);
        return UpdateControl.patchStatus(withStatus(policy, after));
    }

    private void tell(MirrorPolicy policy, MirrorPolicyStatus after) {
        PolicyNews.between(policy.getStatus(), after).forEach(news -> events.record(policy, news));
    }

    /** The status alone: what is applied is owned, and nothing else shall be. */
    private static MirrorPolicy withStatus(MirrorPolicy policy, MirrorPolicyStatus status) {
        MirrorPolicy patch = new MirrorPolicy();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(policy.getMetadata().getName())
                .withNamespace(policy.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }

    private static PolicyFault unreachable(PortException e) {
        return new PolicyFault(PolicyFault.Kind.TABLE_UNREACHABLE, e.getMessage());
    }

    private PolicyName name(MirrorPolicy policy) {
        return new PolicyName(
                cluster,
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName());
    }
}
