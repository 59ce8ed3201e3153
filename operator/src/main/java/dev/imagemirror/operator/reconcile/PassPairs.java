package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The pairs of a pass: as stored, as the pass leaves them, and which to copy. */
final class PassPairs {
    /** By destination identity. */
    private final Map<ImageReference, PairStatus> stored = new LinkedHashMap<>();

    private final Map<ImageReference, PairStatus> result = new LinkedHashMap<>();
    private final Map<PairStatus, Digest> drifted = new LinkedHashMap<>();

    /** Sets a pair as stored. */
    void stands(PairStatus pair) {
        stored.put(pair.identity(), pair);
    }

    /** The pairs as stored, including those no longer wanted. */
    Collection<PairStatus> stored() {
        return stored.values();
    }

    /** The pair as stored; empty if it was never observed. */
    Optional<PairStatus> stored(ImageReference identity) {
        return Optional.ofNullable(stored.get(identity));
    }

    /** A pair of the pass, as stored. */
    PairStatus before(PairStatus pair) {
        return Objects.requireNonNull(stored.get(pair.identity()), "what a pass works on was noted");
    }

    /** Sets a pair as the pass leaves it. */
    void leaves(PairStatus pair) {
        result.put(pair.identity(), pair);
    }

    /** The pairs as the pass leaves them. */
    Collection<PairStatus> result() {
        return result.values();
    }

    /** Marks the pair to be copied from this digest. */
    void drifts(PairStatus pair, Digest source) {
        drifted.put(pair, source);
    }

    /** What to copy, with the source digest. */
    Map<PairStatus, Digest> drifted() {
        return drifted;
    }
}
