package dev.imagemirror.operator.kubernetes;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the front-end.
 *
 * @param cluster its name in the tables
 * @param namespaces namespaces to watch; empty for all
 * @param limits repositories that policies may use
 * @param times resync and retry intervals
 * @param election leader election
 * @param serverSideApply whether the API server supports it; all do, except the one in tests
 */
public record FrontEndSettings(
        String cluster,
        List<String> namespaces,
        NamespaceLimits limits,
        Times times,
        Election election,
        boolean serverSideApply) {
    /** Copies the list. */
    public FrontEndSettings {
        namespaces = List.copyOf(namespaces);
    }

    /**
     * Durations.
     *
     * @param resync how often every policy is reconciled
     * @param tryAgain retry interval while the tables are unreachable
     */
    public record Times(Duration resync, Duration tryAgain) {}

    /**
     * Leader election by a lease.
     *
     * @param isEnabled whether to elect a leader
     * @param namespace of the lease; empty for the pod's
     */
    public record Election(boolean isEnabled, String namespace) {
        /** No election: a single process. */
        public static final Election NONE = new Election(false, "");
    }
}
