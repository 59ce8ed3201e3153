package dev.imagemirror.operator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting that there is. */
final class Parameters {
    private static final String DURATION = "a duration such as 30s, 15m or 4h";
    private static final String NAME = "a name or an ARN";
    private static final String FLAG = "true or false";
    private static final String HOSTS = "a list of HOST or HOST:PORT";

    static final Parameter<String> MIRRORS = new Parameter<>(
            "tables.mirrors", "ImageMirrorTable", NAME, "DynamoDB table of mirror entries", Values::name);
    static final Parameter<String> STATUSES = new Parameter<>(
            "tables.statuses", "ImageMirrorStatusTable", NAME, "DynamoDB table of their status", Values::name);
    static final Parameter<Boolean> STREAM = new Parameter<>(
            "tables.stream",
            "true",
            FLAG,
            "Follow the mirror table's stream, so that edits are seen at once",
            Values::flag);
    static final Parameter<Duration> RELIST = new Parameter<>(
            "tables.relist",
            "10m",
            DURATION,
            "How often both tables are listed anew",
            Values.durationFrom(Duration.ofSeconds(1)));

    static final Parameter<Duration> INTERVAL = new Parameter<>(
            "loop.interval",
            "15m",
            DURATION,
            "How often digests are compared, unless an entry says otherwise",
            Values.durationFrom(Duration.ofSeconds(1)));
    static final Parameter<Integer> WORKERS = new Parameter<>(
            "loop.workers",
            "32",
            "a number from 1 to 512",
            "Entries that are worked at the same time",
            Values.number(1, 512));
    static final Parameter<Duration> GRACE = new Parameter<>(
            "loop.grace",
            "2m",
            "a duration from 1m on",
            "Age at which a claim whose job was not recorded is taken over (once: 10m)",
            Values.durationFrom(Duration.ofMinutes(1)));

    static final Parameter<OperatorConfig.JobMode> MODE = new Parameter<>(
            "jobs.mode", "batch", "batch or local", "Where copy jobs run", Values.choice(OperatorConfig.JobMode.class));
    static final Parameter<String> QUEUE =
            new Parameter<>("jobs.queue", "MirrorQueue", NAME, "AWS Batch job queue", Values::name);
    static final Parameter<String> DEFINITION =
            new Parameter<>("jobs.definition", "MirrorJob", NAME, "AWS Batch job definition", Values::name);
    static final Parameter<String> LOG_GROUP = new Parameter<>(
            "jobs.logGroup", "/aws/batch/job", "a name", "CloudWatch log group of the jobs", Values::name);
    static final Parameter<Integer> IN_FLIGHT = new Parameter<>(
            "jobs.inFlight",
            "50",
            "a number from 1 to 10000",
            "Copy jobs that may be in flight at the same time",
            Values.number(1, 10_000));
    static final Parameter<Integer> PER_REGISTRY = new Parameter<>(
            "jobs.perRegistry",
            "20",
            "a number from 1 to 10000",
            "Copy jobs that may read from one registry at the same time",
            Values.number(1, 10_000));
    static final Parameter<Integer> LOCAL_JOBS = new Parameter<>(
            "jobs.local",
            "2",
            "a number from 1 to 64",
            "Copy jobs that run at the same time in local mode",
            Values.number(1, 64));
    static final Parameter<Duration> POLL = new Parameter<>(
            "jobs.poll",
            "15s",
            DURATION,
            "How often jobs in flight are looked at",
            Values.durationFrom(Duration.ofMillis(100)));
    static final Parameter<Duration> START_LIMIT = new Parameter<>(
            "jobs.startLimit",
            "1h",
            "a duration from 1m on",
            "A job that has not started after this is ended",
            Values.durationFrom(Duration.ofMinutes(1)));
    static final Parameter<Duration> DEADLINE = new Parameter<>(
            "jobs.deadline",
            "15m",
            "a duration from 1m on",
            "How long a job of a small image may run",
            Values.durationFrom(Duration.ofMinutes(1)));
    static final Parameter<Long> RATE = new Parameter<>(
            "jobs.slowestRate",
            "2MiB",
            "a size such as 2MiB",
            "Bytes a second that a larger image's deadline allows for",
            Values::size);
    static final Parameter<Duration> LONGEST = new Parameter<>(
            "jobs.longestDeadline",
            "12h",
            "a duration from 1m on",
            "Deadline of the largest images, and of those whose size is not known",
            Values.durationFrom(Duration.ofMinutes(1)));

    static final Parameter<Integer> CONCURRENCY = new Parameter<>(
            "registries.concurrency",
            "16",
            "a number from 1 to 256",
            "Requests to one registry at the same time",
            Values.number(1, 256));
    static final Parameter<Duration> CONNECT = new Parameter<>(
            "registries.connectTimeout",
            "5s",
            DURATION,
            "How long a connection may take",
            Values.durationFrom(Duration.ofMillis(100)));
    static final Parameter<Duration> RESPONSE = new Parameter<>(
            "registries.responseTimeout",
            "15s",
            DURATION,
            "How long an answer may take",
            Values.durationFrom(Duration.ofMillis(100)));
    static final Parameter<Duration> WINDOW = new Parameter<>(
            "registries.sweepWindow",
            "10s",
            DURATION,
            "How long an answer serves equal questions of other entries",
            Values.durationFrom(Duration.ZERO));
    static final Parameter<List<String>> INSECURE = new Parameter<>(
            "registries.insecure",
            "",
            HOSTS,
            "Registries that may be asked by plain HTTP; loopback ones always may",
            RegistryValues::hosts);
    static final Parameter<List<String>> LOOPBACK = new Parameter<>(
            "registries.loopback",
            "",
            HOSTS,
            "Registries that may be on this machine, with every port unless one is named; link-local and metadata"
                    + " addresses are never asked",
            RegistryValues::loopbackHosts);
    static final Parameter<Boolean> PRIVATE_ADDRESSES = new Parameter<>(
            "registries.privateAddresses",
            "true",
            FLAG,
            "Registries may have private addresses, such as 10.0.0.1 or fd00::1",
            Values::flag);
    static final Parameter<List<Path>> CA_FILES = new Parameter<>(
            "registries.caFiles",
            "",
            "a list of files of certificates",
            "PEM files of certificate authorities to trust beside the platform's",
            RegistryValues::certificates);
    static final Parameter<List<String>> DENIED_MEANS_MISSING = new Parameter<>(
            "registries.deniedMeansMissing",
            "",
            HOSTS,
            "Destination registries that answer 401 or 403 for a repository that does not exist (ghcr.io, quay.io)",
            RegistryValues::hosts);
    static final Parameter<List<String>> CREATE_REPOSITORIES = new Parameter<>(
            "ecr.createRepositories",
            "",
            "a list of hosts such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
            "ECR registries in which missing repositories of destinations are made",
            RegistryValues::ecrHosts);
    static final Parameter<List<String>> ECR_ROLES = new Parameter<>(
            "ecr.roles",
            "",
            "a list of HOST=ROLE_ARN",
            "Roles to assume for ECR registries, such as those of other accounts",
            Values.listOf("[a-z0-9.-]+=arn:[a-z-]+:iam::[0-9]{12}:role/.+"));
    static final Parameter<String> REPOSITORY_KEY = new Parameter<>(
            "ecr.repository.kmsKey",
            "",
            "a key's ARN or alias",
            "KMS key that encrypts repositories that are made",
            Values::optional);
    static final Parameter<Boolean> REPOSITORY_SCAN = new Parameter<>(
            "ecr.repository.scanOnPush", "false", FLAG, "Repositories that are made scan what is pushed", Values::flag);
    static final Parameter<Boolean> REPOSITORY_IMMUTABLE = new Parameter<>(
            "ecr.repository.immutableTags",
            "false",
            FLAG,
            "Tags of repositories that are made cannot be moved",
            Values::flag);
    static final Parameter<List<String>> REPOSITORY_TAGS = new Parameter<>(
            "ecr.repository.tags",
            "",
            "a list of KEY=VALUE",
            "AWS tags of repositories that are made",
            Values.listOf("[^=]+=.*"));
    static final Parameter<String> REPOSITORY_LIFECYCLE = new Parameter<>(
            "ecr.repository.lifecyclePolicy",
            "",
            "a JSON object, as text",
            "Lifecycle policy of repositories that are made",
            Values::optionalJson);
    static final Parameter<String> REPOSITORY_POLICY = new Parameter<>(
            "ecr.repository.policy",
            "",
            "a JSON object, as text",
            "Policy of repositories that are made",
            Values::optionalJson);
    static final Parameter<String> EVENTS_QUEUE = new Parameter<>(
            "events.queue",
            "",
            "the URL of an SQS queue",
            "SQS queue that tells of ECR, Batch and the mirror table; it takes the place of the table's stream",
            Values::optionalUrl);
    static final Parameter<Boolean> LEASE = new Parameter<>(
            "lease.enabled", "false", FLAG, "Stand by while another replica has the lease", Values::flag);
    static final Parameter<String> LEASE_TABLE = new Parameter<>(
            "lease.table", "ImageMirrorLeaseTable", NAME, "DynamoDB table of the lease (key: Lease)", Values::name);

    static final Parameter<String> CLUSTER = new Parameter<>(
            "kubernetes.cluster",
            "",
            "a name of lower-case letters, digits and '-', at most 63",
            "Name of the cluster, which no other cluster that uses these tables has",
            Values::label);
    static final Parameter<List<String>> NAMESPACES = new Parameter<>(
            "kubernetes.namespaces",
            "",
            "a list of namespaces",
            "Namespaces whose policies are followed; all if none is given",
            Values::namespaces);
    static final Parameter<List<NamespaceLimit>> LIMITS = new Parameter<>(
            "kubernetes.limits",
            "",
            "a list of 'NAMESPACE from PREFIX' and 'NAMESPACE to PREFIX', such as 'team-a to registry.example/team-a'",
            "Repositories that a namespace's policies may read from and write to; * for namespaces without a limit of"
                    + " their own",
            Values::limits);
    static final Parameter<Duration> RESYNC = new Parameter<>(
            "kubernetes.resync",
            "10m",
            DURATION,
            "How often every policy is looked at again",
            Values.durationFrom(Duration.ofSeconds(1)));
    static final Parameter<Boolean> ELECTION = new Parameter<>(
            "kubernetes.leaderElection",
            "true",
            "true or false",
            "Elect the one replica that works on policies, by a lease",
            Values::flag);
    static final Parameter<String> LEASE_NAMESPACE = new Parameter<>(
            "kubernetes.leaseNamespace",
            "",
            "a namespace",
            "Namespace of the lease; outside of a pod it has to be given",
            Values::label);

    static final Parameter<Boolean> WEB = new Parameter<>(
            "web.enabled",
            "true",
            "true or false",
            "Serve health, metrics, the status API and the dashboard while running",
            Values::flag);
    static final Parameter<String> WEB_ADDRESS = new Parameter<>(
            "web.address",
            "127.0.0.1",
            "an address such as 127.0.0.1 or 0.0.0.0",
            "Address that is listened on; all of it is read-only, but without a login",
            Values::name);
    static final Parameter<Integer> WEB_PORT = new Parameter<>(
            "web.port",
            "8080",
            "a number from 0 to 65535",
            "Port that is listened on; 0 for any that is free",
            Values.number(0, 65_535));
    static final Parameter<List<String>> WEB_HOSTS = new Parameter<>(
            "web.hosts",
            "",
            "a list of host names without port",
            "Names by which it may be asked for beside IP addresses and localhost; others are refused on loopback"
                    + " addresses, and everywhere once one is given",
            Values::hostNames);

    /** All, in the order in which they are shown. */
    static final List<Parameter<?>> ALL = List.of(
            MIRRORS,
            STATUSES,
            STREAM,
            RELIST,
            INTERVAL,
            WORKERS,
            GRACE,
            MODE,
            QUEUE,
            DEFINITION,
            LOG_GROUP,
            IN_FLIGHT,
            PER_REGISTRY,
            LOCAL_JOBS,
            POLL,
            START_LIMIT,
            DEADLINE,
            RATE,
            LONGEST,
            CONCURRENCY,
            CONNECT,
            RESPONSE,
            WINDOW,
            INSECURE,
            LOOPBACK,
            PRIVATE_ADDRESSES,
            CA_FILES,
            DENIED_MEANS_MISSING,
            CREATE_REPOSITORIES,
            ECR_ROLES,
            REPOSITORY_KEY,
            REPOSITORY_SCAN,
            REPOSITORY_IMMUTABLE,
            REPOSITORY_TAGS,
            REPOSITORY_LIFECYCLE,
            REPOSITORY_POLICY,
            EVENTS_QUEUE,
            LEASE,
            LEASE_TABLE,
            CLUSTER,
            NAMESPACES,
            LIMITS,
            RESYNC,
            ELECTION,
            LEASE_NAMESPACE,
            WEB,
            WEB_ADDRESS,
            WEB_PORT,
            WEB_HOSTS);

    private Parameters() {}
}
