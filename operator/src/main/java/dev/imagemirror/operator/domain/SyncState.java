package dev.imagemirror.operator.domain;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** State of a pair or an entry in one word, for UIs, metrics and policies; declared worst first. */
public enum SyncState {
    /** Needs user action. */
    BLOCKED(Phase.BLOCKED.word()),
    /** One side could not be observed. */
    UNKNOWN(Drift.UNKNOWN.word()),
    /** The destination tag does not exist. */
    MISSING(Drift.MISSING.word()),
    /** The destination's digest differs, or referrers are missing. */
    STALE(Drift.STALE.word()),
    /** Drifted; the new digest is too young. */
    QUARANTINED(Reason.QUARANTINED.word()),
    /** Drifted; the entry is suspended. */
    SUSPENDED(Reason.SUSPENDED.word()),
    /** A copy job is in flight. */
    COPYING(Phase.COPYING.word()),
    /** Digests match. */
    IN_SYNC(Drift.IN_SYNC.word());

    private final String word;

    SyncState(String word) {
        this.word = word;
    }

    /** The word shown to users. */
    public String word() {
        return word;
    }

    static SyncState of(Drift drift) {
        return switch (drift) {
            case UNKNOWN -> UNKNOWN;
            case MISSING -> MISSING;
            case STALE -> STALE;
            case IN_SYNC -> IN_SYNC;
        };
    }

    /** The state with this word, ignoring case, if any. */
    public static @Nullable SyncState of(String word) {
        for (SyncState state : values()) {
            if (state.word.equalsIgnoreCase(word)) {
                return state;
            }
        }
        return null;
    }

    /** All words, comma-separated. */
    public static String words() {
        return Stream.of(values()).map(SyncState::word).collect(Collectors.joining(", "));
    }
}
