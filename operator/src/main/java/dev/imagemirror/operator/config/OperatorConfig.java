package dev.imagemirror.operator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The effective configuration. AWS region, credentials and endpoints are not part of it: they come from the SDK's
 * standard chain.
 *
 * @param tables names and how changes are seen
 * @param loop the continuous loop
 * @param jobs copy jobs
 * @param registries how registries are asked
 * @param createRepositories ECR registries in which missing repositories are made
 * @param kubernetes the front-end for policies in a cluster
 * @param web health, metrics, status API and dashboard
 * @param ecr how its registries are used
 * @param events what is heard of
 * @param lease by which one of several replicas works
 */
public record OperatorConfig(
        Tables tables,
        Loop loop,
        Jobs jobs,
        Registries registries,
        List<String> createRepositories,
        Kubernetes kubernetes,
        Web web,
        Ecr ecr,
        Events events,
        Lease lease) {

    /** Where copy jobs run. */
    public enum JobMode {
        /** On AWS Batch. */
        BATCH,
        /** In this process. */
        LOCAL
    }

    /**
     * The tables.
     *
     * @param mirrors name of the mirror table
     * @param statuses name of the status table
     * @param stream follow the mirror table's stream
     * @param relist how often both are listed anew
     */
    public record Tables(String mirrors, String statuses, boolean stream, Duration relist) {}

    /**
     * The loop.
     *
     * @param interval how often digests are compared by default
     * @param workers entries worked at the same time
     * @param grace age at which an unrecorded claim is taken over
     */
    public record Loop(Duration interval, int workers, Duration grace) {}

    /**
     * Copy jobs.
     *
     * @param mode where they run
     * @param batch the queue on AWS
     * @param limits how many
     * @param times how long
     */
    public record Jobs(JobMode mode, Batch batch, Limits limits, Times times) {
        /**
         * AWS Batch.
         *
         * @param queue job queue
         * @param definition job definition
         * @param logGroup log group of the jobs
         */
        public record Batch(String queue, String definition, String logGroup) {}

        /**
         * Numbers of jobs.
         *
         * @param inFlight in all
         * @param perRegistry that read from one registry
         * @param local at the same time in local mode
         */
        public record Limits(int inFlight, int perRegistry, int local) {}

        /**
         * Durations.
         *
         * @param poll between looks at jobs in flight
         * @param startLimit until a job has started
         * @param deadline of a small image
         * @param bytesPerSecond slowest rate that a larger image's deadline allows for
         * @param longestDeadline of any image
         */
        public record Times(
                Duration poll, Duration startLimit, Duration deadline, long bytesPerSecond, Duration longestDeadline) {}
    }

    /**
     * How registries are asked.
     *
     * @param concurrency requests to one registry at the same time
     * @param connectTimeout for a connection
     * @param responseTimeout for an answer
     * @param sweepWindow how long an answer serves equal questions
     * @param insecure registries that may be asked by plain HTTP
     * @param addresses which addresses they may have
     * @param caFiles authorities to trust
     * @param deniedMeansMissing destination registries that answer 401 or 403 for what does not exist
     */
    public record Registries(
            int concurrency,
            Duration connectTimeout,
            Duration responseTimeout,
            Duration sweepWindow,
            List<String> insecure,
            Addresses addresses,
            List<Path> caFiles,
            List<String> deniedMeansMissing) {}

    /**
     * Which addresses registries may have.
     *
     * @param loopback hosts that may be on this machine
     * @param isPrivateAllowed whether private ones are allowed
     */
    public record Addresses(List<String> loopback, boolean isPrivateAllowed) {}

    /**
     * The front-end for policies in a cluster.
     *
     * @param cluster its name, or empty
     * @param namespaces whose policies are followed, or empty for all
     * @param limits what policies of a namespace may use
     * @param resync how often every policy is looked at again
     * @param election of the one process that works, among several
     */
    public record Kubernetes(
            String cluster,
            List<String> namespaces,
            List<NamespaceLimit> limits,
            Duration resync,
            LeaderElection election) {}

    /**
     * Election of a leader.
     *
     * @param isEnabled whether there is one
     * @param namespace of the lease, or empty for the process's own
     */
    public record LeaderElection(boolean isEnabled, String namespace) {}

    /**
     * The management port.
     *
     * @param isEnabled whether there is one
     * @param address that is listened on
     * @param port that is listened on, or 0 for any
     * @param hosts names by which it may be asked for
     */
    public record Web(boolean isEnabled, String address, int port, List<String> hosts) {}

    /**
     * Events of the account.
     *
     * @param queue URL of the SQS queue, or empty if there is none
     */
    public record Events(String queue) {
        /** Whether there is a queue. */
        public boolean hasQueue() {
            return !queue.isEmpty();
        }
    }

    /**
     * The lease of replicas.
     *
     * @param enabled whether there is one
     * @param table where it is
     */
    public record Lease(boolean enabled, String table) {
        /** Silence after which another replica takes over: with the time between two looks, less than 30 s. */
        public static final Duration LENGTH = Duration.ofSeconds(15);
    }

    /**
     * ECR's registries.
     *
     * @param roles to assume, {@code HOST=ROLE_ARN}
     * @param repository what repositories are like that are made
     */
    public record Ecr(List<String> roles, Repository repository) {
        /**
         * A repository.
         *
         * @param kmsKey key that encrypts it, or empty
         * @param scanOnPush look for vulnerabilities
         * @param immutableTags tags cannot be moved
         * @param tags of AWS, {@code KEY=VALUE}
         * @param lifecyclePolicy JSON, or empty
         * @param policy JSON, or empty
         */
        public record Repository(
                String kmsKey,
                boolean scanOnPush,
                boolean immutableTags,
                List<String> tags,
                String lifecyclePolicy,
                String policy) {}
    }
}
