package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.Condition.Status;
import dev.imagemirror.crds.PairCounts;
import dev.imagemirror.crds.WorstPair;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.SyncState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Derives conditions from an overview, without timestamps yet. */
final class PolicyConditions {
    static final String READY = "Ready";
    static final String PROGRESSING = "Progressing";
    static final String DEGRADED = "Degraded";

    /** Reasons that do not come from a pair. */
    private static final String PENDING = "Pending";

    private static final String DRIFTED = "Drifted";
    private static final String AS_EXPECTED = "AsExpected";

    private static final Set<SyncState> NEED_ATTENTION = EnumSet.of(SyncState.BLOCKED, SyncState.UNKNOWN);

    /** A condition without its timestamp. */
    record Said(String type, Status status, String reason, String message) {}

    private static final Comparator<PolicyFault> WORST_FIRST = Comparator.comparing(PolicyFault::kind);

    private final PolicyOverview overview;
    private final List<PolicyFault> faults;
    private final List<WorstPair> worst;

    PolicyConditions(PolicyOverview overview, List<PolicyFault> faults, List<WorstPair> worst) {
        this.overview = overview;
        this.faults = faults.stream().sorted(WORST_FIRST).toList();
        this.worst = worst;
    }

    List<Said> all() {
        return List.of(ready(), progressing(), degraded());
    }

    /** Everything is unknown while the tables are unreachable. */
    static List<Said> unreachable(PolicyFault fault) {
        String reason = fault.kind().word();
        String message = fault.message() + "; retrying automatically; the counts shown are from before";
        return List.of(
                new Said(READY, Status.UNKNOWN, reason, message),
                new Said(PROGRESSING, Status.UNKNOWN, reason, message),
                new Said(DEGRADED, Status.TRUE, reason, message));
    }

    private Said ready() {
        PairCounts counts = overview.counts();
        String summary = counts.inSync() + " of " + counts.total() + " pairs are in sync";
        if (faults.isEmpty() && overview.isInSync()) {
            return new Said(
                    READY, Status.TRUE, SyncState.IN_SYNC.word(), overview.rows() == 0 ? "nothing to mirror" : summary);
        }
        List<String> parts = new ArrayList<>(faultMessages());
        parts.add(summary + (overview.states().isEmpty() ? "" : ": " + overview.states()));
        if (overview.unseen() > 0) {
            parts.add(unseen());
        }
        parts.addAll(worstMessages());
        return new Said(READY, Status.FALSE, notReady(), joined(parts));
    }

    /** The first match wins. */
    private String notReady() {
        PairCounts counts = overview.counts();
        if (!faults.isEmpty()) {
            return faults.get(0).kind().word();
        }
        if (isDegraded()) {
            return degradedReason();
        }
        if (overview.unseen() > 0) {
            return PENDING;
        }
        return counts.copying() > 0
                ? SyncState.COPYING.word()
                : overview.reason(
                        state -> state.phase() == Phase.WAITING && state.drift().wantsCopy(), DRIFTED);
    }

    private Said progressing() {
        PairCounts counts = overview.counts();
        long ahead = overview.pairs().stream()
                .map(pair -> pair.state())
                .filter(state -> state.drift().wantsCopy() && state.phase() != Phase.BLOCKED)
                .filter(state -> state.reason() != Reason.SUSPENDED)
                .count();
        if (overview.unseen() > 0 || counts.copying() > 0 || ahead > 0) {
            String reason = counts.copying() > 0
                    ? SyncState.COPYING.word()
                    : overview.unseen() > 0 ? PENDING : Phase.WAITING.word();
            return new Said(PROGRESSING, Status.TRUE, reason, progress(ahead));
        }
        return faults.stream()
                .filter(fault -> fault.kind() == PolicyFault.Kind.ADOPTION_WAITS)
                .findFirst()
                .map(fault -> new Said(PROGRESSING, Status.TRUE, fault.kind().word(), fault.message()))
                .orElse(new Said(PROGRESSING, Status.FALSE, Phase.IDLE.word(), "no copies running or waiting"));
    }

    private String progress(long ahead) {
        List<String> parts = new ArrayList<>();
        if (overview.counts().copying() > 0) {
            parts.add(overview.counts().copying() + " pairs are being copied");
        }
        if (ahead > 0) {
            parts.add(ahead + " pairs are not in sync yet");
        }
        if (overview.unseen() > 0) {
            parts.add(unseen());
        }
        return joined(parts);
    }

    private Said degraded() {
        List<PolicyFault> lasting = lasting();
        if (lasting.isEmpty() && !isDegraded()) {
            return new Said(DEGRADED, Status.FALSE, AS_EXPECTED, "no action needed");
        }
        List<String> parts =
                new ArrayList<>(lasting.stream().map(PolicyFault::message).toList());
        if (overview.counts().blocked() > 0) {
            parts.add(pairs(overview.counts().blocked(), " is blocked", " are blocked"));
        }
        if (overview.unknown() > 0) {
            parts.add(pairs(overview.unknown(), " cannot be checked", " cannot be checked"));
        }
        parts.addAll(worstMessages());
        return new Said(
                DEGRADED,
                Status.TRUE,
                lasting.isEmpty() ? degradedReason() : lasting.get(0).kind().word(),
                joined(parts));
    }

    private static String pairs(int count, String one, String several) {
        return count == 1 ? "1 pair" + one : count + " pairs" + several;
    }

    private List<PolicyFault> lasting() {
        return faults.stream()
                .filter(fault -> fault.kind() != PolicyFault.Kind.ADOPTION_WAITS)
                .toList();
    }

    private boolean isDegraded() {
        PairCounts counts = overview.counts();
        return counts.blocked() > 0
                || counts.unknown() > 0
                || !overview.hindered().isEmpty();
    }

    private String degradedReason() {
        if (overview.hindered().stream().anyMatch(entry -> !entry.problems().isEmpty())) {
            return Reason.INVALID_ENTRY.word();
        }
        return overview.counts().blocked() > 0
                ? overview.reason(state -> state.phase() == Phase.BLOCKED, Phase.BLOCKED.word())
                : SyncState.UNKNOWN.word();
    }

    private String unseen() {
        return overview.unseen() + " of " + overview.rows() + " entries have not been reconciled since they changed";
    }

    private List<String> faultMessages() {
        return faults.stream().map(PolicyFault::message).toList();
    }

    private List<String> worstMessages() {
        return worst.stream()
                .filter(pair -> NEED_ATTENTION.contains(SyncState.of(pair.state())))
                .limit(1)
                .map(pair -> (pair.destination() == null ? pair.source() : pair.destination())
                        + (pair.reason() == null ? "" : ": " + pair.reason())
                        + (pair.message() == null ? "" : ": " + pair.message()))
                .toList();
    }

    private static String joined(List<String> parts) {
        return Texts.joined(parts, PolicyStatusFactory.MAX_MESSAGE);
    }
}
