package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.PairStatus.Progress;
import dev.imagemirror.operator.domain.PairStatus.Seen;
import dev.imagemirror.operator.domain.PairStatus.Times;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A pair's item. */
public final class PairStatusMapper {
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
    public static final String LATE = "EndedClaims";

    /** What a write sets or removes; keys, version, schema and claim are the table's business. */
    public static final List<String> ATTRIBUTES = List.of(
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
    public static Map<String, AttributeValue> attributes(PairStatus status) {
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

    /**
     * What an item is.
     *
     * @param pair null if nothing can be made of it
     * @param fault why nobody may work on it, if so
     * @param removable true if nothing can be made of it, and nothing has to be remembered of it
     * @param oddities what counts as absent, since it cannot be understood
     */
    record Reading(@Nullable PairStatus pair, @Nullable String fault, boolean removable, List<String> oddities) {}

    /** The pair, as far as it can be read. What cannot be read is written anew, but for what claims depend on. */
    static Reading read(Map<String, AttributeValue> item) {
        ItemReader fields = ItemReader.of(item);
        ImageReference destination = destination(fields, item);
        String fault = ItemReader.isNewer(item) ? StatusItem.newer("", item) : StatusItem.fault(item);
        boolean holdsClaim = item.containsKey(StatusItem.CLAIM) || item.containsKey(LATE);
        boolean removable = !ItemReader.isNewer(item) && !holdsClaim;
        if (destination == null || (fault != null && removable)) {
            String why = fault != null
                    ? fault
                    : "its key is not a destination with a tag; delete it if none of its jobs is running";
            return new Reading(null, why, removable, List.of());
        }
        ItemReader claims = ItemReader.of(claims(item));
        Progress progress = progress(fields, claims);
        if (fault == null && !claims.faults().isEmpty()) {
            fault = "its claim cannot be read: " + claims.faults().get(0)
                    + "; correct it, or delete the item if none of its jobs is running";
        }
        PairStatus pair = new PairStatus(
                StatusItem.entryOf(item),
                new Pair(source(fields, progress.claim(), destination), destination),
                fault == null ? state(fields) : PairState.refused(fault),
                new Seen(fields.digest(SOURCE_DIGEST), fields.digest(DESTINATION_DIGEST)),
                times(fields),
                progress,
                StatusItem.version(fields));
        List<String> oddities = fault == null ? fields.faults() : List.of();
        return new Reading(oddities.isEmpty() ? pair : old(pair), fault, false, oddities);
    }

    /** Without an instant of the last observation, the next pass writes it anew. */
    private static PairStatus old(PairStatus pair) {
        Times times =
                new Times(null, pair.times().lastTransitionAt(), pair.times().lastSyncedAt());
        return new PairStatus(
                pair.entry(), pair.pair(), pair.state(), pair.seen(), times, pair.progress(), pair.version());
    }

    /** As the row spells it, if that is this item's; null if no pair can have the item's key. */
    private static @Nullable ImageReference destination(ItemReader fields, Map<String, AttributeValue> item) {
        String key = StatusItem.destinationOf(item);
        ImageReference spelled =
                fields.find(DESTINATION_REFERENCE, value -> isAt(key, ImageReference.parse(value.s())));
        try {
            return spelled != null ? spelled : isAt(key, ImageReference.parse(key));
        } catch (InvalidReferenceException e) {
            return null;
        }
    }

    /** The reference if a pair with this destination has the key, else null. */
    private static @Nullable ImageReference isAt(String key, ImageReference reference) {
        boolean isDestination = reference.tag() != null && reference.digest() == null;
        return isDestination && reference.identity().toString().equals(key) ? reference : null;
    }

    /** A pass puts the row's in place; until then, what the claim copies or, for want of more, the destination. */
    private static ImageReference source(ItemReader fields, @Nullable Claim claim, ImageReference destination) {
        ImageReference claimed = claim == null
                ? null
                : ItemReader.of(Map.of(
                                SOURCE_REFERENCE,
                                AttributeValue.fromS(claim.job().parameters().getOrDefault(CopyJobSpec.SOURCE, ""))))
                        .reference(SOURCE_REFERENCE);
        ImageReference source = fields.find(SOURCE_REFERENCE, value -> {
            ImageReference reference = ImageReference.parse(value.s());
            return reference.wireReference() == null ? null : reference;
        });
        ImageReference instead = claimed != null && claimed.wireReference() != null ? claimed : destination;
        return source != null ? source : instead;
    }

    /** What may not count as absent: a job that nobody remembers may run twice, or on and on. */
    private static Map<String, AttributeValue> claims(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> claims = new HashMap<>(item);
        claims.keySet().retainAll(List.of(StatusItem.CLAIM, LATE));
        return claims;
    }

    private static PairState state(ItemReader fields) {
        Drift drift = fields.get(DRIFT, value -> named(Drift.values(), Drift::word, value.s()), Drift.UNKNOWN);
        Reason reason = fields.find(REASON, value -> Reason.of(value.s()));
        Phase phase = fields.get(PHASE, value -> named(Phase.values(), Phase::word, value.s()), Phase.IDLE);
        String message = fields.text(StatusItem.MESSAGE, "");
        if (reason != null) {
            return PairState.held(drift, reason, message);
        }
        boolean lacksReason = phase == Phase.WAITING || phase == Phase.BLOCKED;
        return new PairState(drift, lacksReason ? Phase.IDLE : phase, null, message);
    }

    private static Times times(ItemReader fields) {
        return new Times(
                fields.instant(StatusItem.OBSERVED_AT),
                fields.instant(LAST_TRANSITION_AT),
                fields.instant(LAST_SYNCED_AT));
    }

    private static Progress progress(ItemReader fields, ItemReader claims) {
        Retry retry = new Retry(
                fields.digest(RETRY_DIGEST),
                fields.count(ATTEMPTS),
                fields.count(DIVERGENCES),
                fields.instant(NEXT_ATTEMPT_AT),
                cause(fields));
        return new Progress(
                claims.map(StatusItem.CLAIM, ClaimMapper::claim),
                retry,
                fields.maps(HISTORY, CopyRecordMapper::copy),
                claims.maps(LATE, EndedClaimMapper::ended));
    }

    private static Retry.@Nullable Cause cause(ItemReader fields) {
        Reason reason = fields.find(RETRY_REASON, value -> Reason.of(value.s()));
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
