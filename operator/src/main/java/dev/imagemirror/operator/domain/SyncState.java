package dev.imagemirror.operator.domain;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of a pair or an entry in one word, as on screens, in metrics and in policies; declared worst first. */
public enum SyncState {
    /** Somebody has to do something. */
    BLOCKED(Phase.BLOCKED.word()),
    /** One side could not be observed. */
    UNKNOWN(Drift.UNKNOWN.word()),
    /** The destination has no such tag. */
    MISSING(Drift.MISSING.word()),
    /** The destination has another digest, or lacks referrers. */
    STALE(Drift.STALE.word()),
    /** It drifted, and the new digest is too young. */
    QUARANTINED(Reason.QUARANTINED.word()),
    /** It drifted, and the entry is suspended. */
    SUSPENDED(Reason.SUSPENDED.word()),
    /** A copy job is in flight. */
    COPYING(Phase.COPYING.word()),
    /** Equal digests. */
    IN_SYNC(Drift.IN_SYNC.word());

    private final String word;

    SyncState(String word) {
        this.word = word;
    }

    /** As people see it. */
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

    /** The state of this word, in whatever case, if there is one. */
    public static @Nullable SyncState of(String word) {
        for (SyncState state : values()) {
            if (state.word.equalsIgnoreCase(word)) {
                return state;
            }
        }
        return null;
    }

    /** All words, separated by commas. */
    public static String words() {
        return Stream.of(values()).map(SyncState::word).collect(Collectors.joining(", "));
    }
}
