package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.crds.WorstPair;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.SyncState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The pairs of a policy that need the most attention. */
final class WorstPairs {
    private static final Comparator<PairStatus> WORST_FIRST = Comparator.comparing(
                    (PairStatus pair) -> pair.state().syncState())
            .thenComparing(pair -> pair.destination().toString())
            .thenComparing(PairStatus::entry);

    private WorstPairs() {}

    /** Blocked entries, then out-of-sync pairs, worst first, up to the limit. */
    static List<WorstPair> of(PolicyOverview overview) {
        Stream<WorstPair> entries = overview.hindered().stream().map(WorstPairs::entry);
        Stream<WorstPair> pairs = overview.pairs().stream()
                .filter(pair -> pair.state().syncState() != SyncState.IN_SYNC)
                .sorted(WORST_FIRST)
                .limit(MirrorPolicyStatus.MAX_WORST)
                .map(WorstPairs::pair);
        return Stream.concat(entries, pairs).limit(MirrorPolicyStatus.MAX_WORST).toList();
    }

    private static WorstPair entry(EntryView entry) {
        boolean isInvalid = !entry.problems().isEmpty();
        String message = isInvalid ? String.join("; ", entry.problems()) : entry.blocker();
        return new WorstPair(
                Texts.cut(Redaction.ofReference(entry.key().reference()), WorstPair.MAX_REFERENCE),
                null,
                (isInvalid ? SyncState.BLOCKED : SyncState.UNKNOWN).word(),
                isInvalid ? Reason.INVALID_ENTRY.word() : null,
                Texts.cut(message, WorstPair.MAX_MESSAGE),
                null);
    }

    private static WorstPair pair(PairStatus pair) {
        Reason reason = pair.state().reason();
        String message = pair.state().message();
        Instant since = pair.times().lastTransitionAt();
        return new WorstPair(
                Texts.cut(pair.pair().source().toString(), WorstPair.MAX_REFERENCE),
                Texts.cut(pair.destination().toString(), WorstPair.MAX_REFERENCE),
                pair.state().word(),
                reason == null ? null : reason.word(),
                message.isEmpty() ? null : Texts.cut(message, WorstPair.MAX_MESSAGE),
                since == null ? null : since.truncatedTo(ChronoUnit.SECONDS));
    }
}
