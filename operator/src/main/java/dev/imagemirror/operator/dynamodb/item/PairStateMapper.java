package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Retry;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps a pair's state and last failure to and from its item. */
final class PairStateMapper {
    private static final String DRIFT = "Drift";
    private static final String PHASE = "Phase";
    private static final String REASON = "Reason";
    private static final String RETRY_REASON = "RetryReason";
    private static final String RETRY_MESSAGE = "RetryMessage";
    private static final String RETRY_DESTINATION_DIGEST = "RetryDestinationDigest";

    static final List<String> ATTRIBUTES =
            List.of(DRIFT, PHASE, REASON, StatusItem.MESSAGE, RETRY_REASON, RETRY_MESSAGE, RETRY_DESTINATION_DIGEST);

    private PairStateMapper() {}

    static void write(PairState state, Retry.@Nullable Cause cause, ItemWriter item) {
        item.text(DRIFT, state.drift().word())
                .text(PHASE, state.phase().word())
                .text(REASON, state.reason() == null ? null : state.reason().word())
                .text(StatusItem.MESSAGE, state.message())
                .text(RETRY_REASON, cause == null ? null : cause.reason().word())
                .text(RETRY_MESSAGE, cause == null ? null : cause.message())
                .text(RETRY_DESTINATION_DIGEST, cause == null ? null : cause.destination());
    }

    static PairState state(ItemReader fields) {
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

    static Retry.@Nullable Cause cause(ItemReader fields) {
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
