package dev.imagemirror.operator.domain.decision;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Resolution;

/** Compares the two sides of an observation. A pure function. */
public final class DriftCalculator {
    private DriftCalculator() {}

    /** The drift; {@link Drift#UNKNOWN} unless both sides answered. */
    public static Drift of(Observation observation) {
        if (observation.sourceDigest() == null) {
            return Drift.UNKNOWN;
        }
        Resolution destination = observation.destination();
        if (destination instanceof Resolution.Missing || destination instanceof Resolution.RepositoryMissing) {
            return Drift.MISSING;
        }
        if (observation.destinationDigest() == null) {
            return Drift.UNKNOWN;
        }
        if (!observation.sourceDigest().equals(observation.destinationDigest())) {
            return Drift.STALE;
        }
        return switch (observation.referrers()) {
            case NOT_ASKED, COMPLETE -> Drift.IN_SYNC;
            case LACKING -> Drift.STALE;
            case UNKNOWN -> Drift.UNKNOWN;
        };
    }
}
