package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.crds.WorstPair;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a policy's status; equal to the previous one if nothing has changed. Thread-safe. */
final class PolicyStatusFactory {
    /** Maximum condition message; below the schema's limit. */
    static final int MAX_MESSAGE = 512;

    private final Clock clock;

    PolicyStatusFactory(Clock clock) {
        this.clock = clock;
    }

    /**
     * The status of a policy whose rows have just been synced.
     *
     * @param before null if there is none yet
     * @param generation of the spec
     * @param mirrors number of mirrors in the spec
     */
    MirrorPolicyStatus status(
            @Nullable MirrorPolicyStatus before,
            @Nullable Long generation,
            int mirrors,
            PolicyOverview overview,
            List<PolicyFault> faults) {
        List<WorstPair> worst = WorstPairs.of(overview);
        List<PolicyConditions.Said> said = new PolicyConditions(overview, faults, worst).all();
        return MirrorPolicyStatus.of(
                generation == null ? 0 : generation,
                mirrors,
                overview.counts(),
                conditions(before, generation, said),
                worst);
    }

    /** The previous status, with conditions saying that the tables are unreachable. */
    MirrorPolicyStatus unreachable(@Nullable MirrorPolicyStatus before, @Nullable Long generation, PolicyFault fault) {
        MirrorPolicyStatus old =
                before == null ? new MirrorPolicyStatus(null, null, null, null, List.of(), List.of()) : before;
        return new MirrorPolicyStatus(
                old.observedGeneration(),
                old.entries(),
                old.inSync(),
                old.pairs(),
                conditions(before, generation, PolicyConditions.unreachable(fault)),
                old.worst());
    }

    private List<Condition> conditions(
            @Nullable MirrorPolicyStatus before, @Nullable Long generation, List<PolicyConditions.Said> said) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return said.stream()
                .map(news -> {
                    Condition old = condition(before, news.type());
                    Instant since = old != null && old.status() == news.status() ? old.lastTransitionTime() : now;
                    return new Condition(
                            news.type(),
                            news.status(),
                            generation,
                            since,
                            news.reason(),
                            Texts.cut(news.message(), MAX_MESSAGE));
                })
                .toList();
    }

    /** The condition of that type, if any. */
    static @Nullable Condition condition(@Nullable MirrorPolicyStatus status, String type) {
        return status == null
                ? null
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst()
                        .orElse(null);
    }
}
