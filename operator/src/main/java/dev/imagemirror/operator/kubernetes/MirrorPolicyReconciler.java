package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.operator.engine.OutageLog;
import dev.imagemirror.operator.port.PortException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles policies: syncs rows with the spec and status with what is known. Level-based, thread-safe. */
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
    private final OutageLog outage = new OutageLog("the policies' mirror table", LOG::warn, System::nanoTime);

    /** @param tryAgain retry interval while the tables are unreachable */
    MirrorPolicyReconciler(
            String cluster,
            PolicyRows rows,
            PolicyStatusFactory statuses,
            Outputs outputs,
            PolicyTriggers triggers,
            Duration tryAgain) {
        this.cluster = cluster;
        this.rows = rows;
        this.statuses = statuses;
        this.events = outputs.events();
        this.writer = outputs.writer();
        this.triggers = triggers;
        this.tryAgain = tryAgain;
    }

    /** Where results are reported. */
    record Outputs(EventRecorder events, StatusWriter writer) {}

    @Override
    public List<EventSource<?, MirrorPolicy>> prepareEventSources(EventSourceContext<MirrorPolicy> context) {
        return List.of(triggers.source(context));
    }

    @Override
    public UpdateControl<MirrorPolicy> reconcile(MirrorPolicy policy, Context<MirrorPolicy> context) {
        MirrorPolicyStatus before = writer.current(policy);
        Long generation = policy.getMetadata().getGeneration();
        UpdateControl<MirrorPolicy> done = UpdateControl.noUpdate();
        try {
            PolicyRows.Found found = rows.reconcile(name(policy), policy);
            outage.worked(name(policy));
            int mirrors =
                    policy.getSpec() == null ? 0 : policy.getSpec().mirrors().size();
            update(policy, before, statuses.status(before, generation, mirrors, found.overview(), found.faults()));
            return found.faults().stream().anyMatch(fault -> fault.kind() == PolicyFault.Kind.ADOPTION_WAITS)
                    ? done.rescheduleAfter(ADOPT_AGAIN)
                    : done;
        } catch (PortException e) {
            outage.failed(name(policy), e.getMessage());
            update(policy, before, statuses.unreachable(before, generation, unreachable(e.getMessage())));
            return done.rescheduleAfter(tryAgain);
        }
    }

    @Override
    public DeleteControl cleanup(MirrorPolicy policy, Context<MirrorPolicy> context) {
        try {
            rows.letGo(name(policy), policy);
            outage.worked(name(policy));
            writer.forget(policy);
            return DeleteControl.defaultDelete();
        } catch (PortException e) {
            outage.failed(name(policy), e.getMessage());
            MirrorPolicyStatus before = writer.current(policy);
            PolicyFault fault =
                    unreachable("the policy will be deleted once its rows can be released: " + e.getMessage());
            update(
                    policy,
                    before,
                    statuses.unreachable(before, policy.getMetadata().getGeneration(), fault));
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(tryAgain.toMillis());
        }
    }

    private void update(MirrorPolicy policy, MirrorPolicyStatus before, MirrorPolicyStatus after) {
        if (!after.equals(before)) {
            writer.write(policy, after);
            PolicyEvents.between(before, after).forEach(news -> events.record(policy, news));
        }
    }

    private static PolicyFault unreachable(String message) {
        return new PolicyFault(PolicyFault.Kind.TABLE_UNREACHABLE, message);
    }

    private PolicyName name(MirrorPolicy policy) {
        return new PolicyName(
                cluster,
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName());
    }
}
