package dev.imagemirror.operator.config;

import java.time.Duration;
import java.util.List;

/**
 * The Kubernetes front-end for policies.
 *
 * @param cluster its name, or empty
 * @param namespaces whose policies are followed, or empty for all
 * @param limits what policies of a namespace may use
 * @param resync interval at which every policy is reconciled again
 * @param election leader election among several processes
 */
public record KubernetesConfig(
        String cluster,
        List<String> namespaces,
        List<NamespaceLimit> limits,
        Duration resync,
        LeaderElection election) {
    private static final Format<String> CLUSTER =
            new Format<>("a name of at most 63 lower-case letters, digits and '-'", Values::label);
    private static final Format<List<String>> NAMESPACES = new Format<>("a list of namespaces", Values::namespaces);
    private static final Format<List<NamespaceLimit>> LIMITS = new Format<>(
            "a list of 'NAMESPACE from PREFIX' and 'NAMESPACE to PREFIX', such as 'team-a to registry.example/team-a'",
            Values::limits);

    static KubernetesConfig read(Section kubernetes) {
        return new KubernetesConfig(
                kubernetes.read(
                        "cluster", "", CLUSTER, "Name of the cluster, unique among the clusters that share the tables"),
                kubernetes.read(
                        "namespaces", "", NAMESPACES, "Namespaces whose policies are followed (all by default)"),
                kubernetes.read(
                        "limits",
                        "",
                        LIMITS,
                        "Repositories that a namespace's policies may read from and write to; * stands for namespaces"
                                + " without limits of their own"),
                kubernetes.read("resync", "10m", Format.DURATION, "Resync interval of policies"),
                LeaderElection.read(kubernetes));
    }

    /**
     * Leader election.
     *
     * @param isEnabled whether it is enabled
     * @param namespace of the lease, or empty for the process's own
     */
    public record LeaderElection(boolean isEnabled, String namespace) {
        private static LeaderElection read(Section kubernetes) {
            return new LeaderElection(
                    kubernetes.read(
                            "leaderElection", "true", Format.FLAG, "Elect one replica to work on policies, by a lease"),
                    kubernetes.read(
                            "leaseNamespace",
                            "",
                            new Format<>("a namespace", Values::label),
                            "Namespace of that lease; required outside a pod"));
        }
    }
}
