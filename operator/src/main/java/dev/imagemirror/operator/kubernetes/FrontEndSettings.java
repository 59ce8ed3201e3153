package dev.imagemirror.operator.kubernetes;

import java.time.Duration;
import java.util.List;

/**
 * How the front-end goes about it.
 *
 * @param cluster its name in the tables
 * @param namespaces whose policies are followed, or empty for all
 * @param limits what policies may use
 * @param times how often and how soon
 * @param election of the process that works
 * @param serverSideApply whether the API server knows it; all do, but the one of tests
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
     * @param resync how often every policy is looked at again
     * @param tryAgain after this, what failed because the tables were out of reach
     */
    public record Times(Duration resync, Duration tryAgain) {}

    /**
     * Election of a leader by a lease.
     *
     * @param isEnabled whether there is one
     * @param namespace of the lease, or empty for that of the pod
     */
    public record Election(boolean isEnabled, String namespace) {
        /** The only process. */
        public static final Election NONE = new Election(false, "");
    }
}
