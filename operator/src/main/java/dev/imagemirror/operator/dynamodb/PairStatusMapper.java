package dev.imagemirror.operator.dynamodb;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.PairStatus.Progress;
import dev.imagemirror.operator.domain.PairStatus.Seen;
import dev.imagemirror.operator.domain.PairStatus.Times;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A pair's item. */
final class PairStatusMapper {
    private static final String SOURCE_REFERENCE = "SourceReference";
    private static final String SOURCE_TAG = "SourceTag";
    /** The destination as the row spells it, where that is not the sort key. */
    private static final String DESTINATION_REFERENCE = "DestinationReference";

    private static final String DRIFT = "Drift";
    private static final String PHASE = "Phase";
    private static final String REASON = "Reason";
    private static final String SOURCE_DIGEST = "SourceDigest";
    private static final String DESTINATION_DIGEST = "DestinationDigest";
    private static final String LAST_TRANSITION_AT = "LastTransitionAt";
    private static final String LAST_SYNCED_AT = "LastSyncedAt";
    private static final String ATTEMPTS = "Attempts";
    private static final String DIVERGENCES = "Divergences";
    private static final String RETRY_DIGEST = "RetryDigest";
    private static final String NEXT_ATTEMPT_AT = "NextAttemptAt";
    private static final String RETRY_REASON = "RetryReason";
    private static final String RETRY_MESSAGE = "RetryMessage";
    private static final String RETRY_DESTINATION_DIGEST = "RetryDestinationDigest";
    private static final String HISTORY = "History";
    private static final String LATE = "EndedClaims";

    /** What a write sets or removes; keys, version, schema and claim are the table's business. */
    static final List<String> ATTRIBUTES = List.of(
            SOURCE_REFERENCE,
            SOURCE_TAG,
            DESTINATION_REFERENCE,
            DRIFT,
            PHASE,
            REASON,
            StatusItem.MESSAGE,
            SOURCE_DIGEST,
            DESTINATION_DIGEST,
            StatusItem.OBSERVED_AT,
            LAST_TRANSITION_AT,
            LAST_SYNCED_AT,
            ATTEMPTS,
            DIVERGENCES,
            RETRY_DIGEST,
            NEXT_ATTEMPT_AT,
            RETRY_REASON,
            RETRY_MESSAGE,
            RETRY_DESTINATION_DIGEST,
            HISTORY,
            LATE);

    private PairStatusMapper() {}

    /** Those of {@link #ATTRIBUTES} that the item shall have. */
    static Map<String, AttributeValue> attributes(PairStatus status) {
        PairState state = status.state();
        Times times = status.times();
        Retry retry = status.progress().retry();
        Retry.Cause cause = retry.cause();
        return new ItemWriter()
                .text(SOURCE_REFERENCE, status.pair().source())
                .text(SOURCE_TAG, status.pair().source().tag())
                .text(
                        DESTINATION_REFERENCE,
                        status.destination().equals(status.identity()) ? null : status.destination())
                .text(DRIFT, state.drift().word())
                .text(PHASE, state.phase().word())
                .text(REASON, state.reason() == null ? null : state.reason().word())
                .text(StatusItem.MESSAGE, state.message())
                .text(SOURCE_DIGEST, status.seen().source())
                .text(DESTINATION_DIGEST, status.seen().destination())
                .instant(StatusItem.OBSERVED_AT, times.observedAt())
                .instant(LAST_TRANSITION_AT, times.lastTransitionAt())
                .instant(LAST_SYNCED_AT, times.lastSyncedAt())
                .number(ATTEMPTS, retry.attempts())
                .number(DIVERGENCES, retry.divergences())
                .text(RETRY_DIGEST, retry.digest())
                .instant(NEXT_ATTEMPT_AT, retry.nextAttemptAt())
                .text(RETRY_REASON, cause == null ? null : cause.reason().word())
                .text(RETRY_MESSAGE, cause == null ? null : cause.message())
                .text(RETRY_DESTINATION_DIGEST, cause == null ? null : cause.destination())
                .maps(HISTORY, status.progress().history(), CopyRecordMapper::fields)
                .maps(LATE, status.progress().late(), EndedClaimMapper::fields)
                .item();
    }

    /** The pair; as far as possible if a newer operator wrote it. */
    static PairStatus status(Map<String, AttributeValue> item) {
        ItemReader fields = ItemReader.of(item);
        EntryKey entry = new EntryKey(item.get(StatusItem.SOURCE).s());
        ImageReference source = fields.required(SOURCE_REFERENCE, fields.reference(SOURCE_REFERENCE));
        ImageReference spelled = fields.reference(DESTINATION_REFERENCE);
        Pair pair = new Pair(
                source,
                spelled != null
                        ? spelled
                        : ImageReference.parse(item.get(StatusItem.DESTINATION).s()));
        return new PairStatus(
                entry,
                pair,
                state(fields),
                new Seen(fields.digest(SOURCE_DIGEST), fields.digest(DESTINATION_DIGEST)),
                times(fields),
                progress(fields),
                StatusItem.version(fields));
    }

    private static PairState state(ItemReader fields) {
        Drift drift = fields.get(DRIFT, value -> named(Drift.values(), Drift::word, value.s()), Drift.UNKNOWN);
        Reason reason = fields.get(REASON, value -> Reason.of(value.s()), null);
        Phase phase = fields.get(PHASE, value -> named(Phase.values(), Phase::word, value.s()), Phase.IDLE);
        String message = fields.text(StatusItem.MESSAGE, "");
        if (reason != null) {
            return PairState.held(drift, reason, message);
        }
        boolean heldByUnknownReason = fields.isLenient() && (phase == Phase.WAITING || phase == Phase.BLOCKED);
        return new PairState(drift, heldByUnknownReason ? Phase.IDLE : phase, null, message);
    }

    private static Times times(ItemReader fields) {
        return new Times(
                fields.instant(StatusItem.OBSERVED_AT),
                fields.instant(LAST_TRANSITION_AT),
                fields.instant(LAST_SYNCED_AT));
    }

    private static Progress progress(ItemReader fields) {
        Retry retry = new Retry(
                fields.digest(RETRY_DIGEST),
                (int) fields.number(ATTEMPTS, 0),
                (int) fields.number(DIVERGENCES, 0),
                fields.instant(NEXT_ATTEMPT_AT),
                cause(fields));
        return new Progress(
                fields.map(StatusItem.CLAIM, ClaimMapper::claim),
                retry,
                fields.maps(HISTORY, CopyRecordMapper::copy),
                fields.maps(LATE, EndedClaimMapper::ended));
    }

    private static Retry.Cause cause(ItemReader fields) {
        Reason reason = fields.get(RETRY_REASON, value -> Reason.of(value.s()), null);
        return reason == null
                ? null
                : new Retry.Cause(reason, fields.text(RETRY_MESSAGE, ""), fields.digest(RETRY_DESTINATION_DIGEST));
    }

    private static <T> T named(T[] all, Function<T, String> word, String name) {
        return Stream.of(all)
                .filter(one -> word.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not known"));
    }
}
