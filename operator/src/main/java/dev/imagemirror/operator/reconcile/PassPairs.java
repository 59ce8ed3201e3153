package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The pairs of a pass: as they stand in the table, as the pass leaves them, and which are to be copied. */
final class PassPairs {
    /** By the destination's identity. */
    private final Map<ImageReference, PairStatus> stored = new LinkedHashMap<>();

    private final Map<ImageReference, PairStatus> result = new LinkedHashMap<>();
    private final Map<PairStatus, Digest> drifted = new LinkedHashMap<>();

    /** Notes a pair as it stands in the table. */
    void stands(PairStatus pair) {
        stored.put(pair.identity(), pair);
    }

    /** The pairs as they stand in the table, those that are no longer wanted too. */
    Collection<PairStatus> stored() {
        return stored.values();
    }

    /** The pair as it stands in the table, unless it was never looked at. */
    Optional<PairStatus> stored(ImageReference identity) {
        return Optional.ofNullable(stored.get(identity));
    }

    /** A pair of the pass as it stands in the table. */
    PairStatus before(PairStatus pair) {
        return Objects.requireNonNull(stored.get(pair.identity()), "what a pass works on was noted");
    }

    /** Notes a pair as the pass leaves it. */
    void leaves(PairStatus pair) {
        result.put(pair.identity(), pair);
    }

    /** The pairs as the pass leaves them. */
    Collection<PairStatus> result() {
        return result.values();
    }

    /** The pair is to be copied from this digest. */
    void drifts(PairStatus pair, Digest source) {
        drifted.put(pair, source);
    }

    /** What is to be copied, with the source digest. */
    Map<PairStatus, Digest> drifted() {
        return drifted;
    }
}
