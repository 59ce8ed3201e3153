package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.text.AwsMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JQStatus;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.batch.model.LogConfiguration;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Checks the Batch job queue, job definition and log group. */
public final class BatchChecks {
    private static final String WORKING = "ACTIVE";
    private static final String OF_BATCH = "/aws/batch/job";
    private static final List<String> PARAMETERS =
            List.of("Ref::" + CopyJobSpec.SOURCE, "Ref::" + CopyJobSpec.DESTINATIONS);

    private final BatchClient batch;
    private final CloudWatchLogsClient logs;
    private final OperatorConfig.Jobs.Batch settings;

    public BatchChecks(BatchClient batch, CloudWatchLogsClient logs, OperatorConfig.Jobs.Batch settings) {
        this.batch = batch;
        this.logs = logs;
        this.settings = settings;
    }

    public void run(Checks checks) {
        String queue = "job queue " + settings.queue();
        checks.run(queue, reach("DescribeJobQueues"), () -> queue(queue));
        String definition = "job definition " + settings.definition();
        checks.run(definition, reach("DescribeJobDefinitions"), () -> definition(definition));
        String group = "log group " + settings.logGroup();
        checks.run(
                group, "check the region, endpoint, network and logs:GetLogEvents permission", () -> logGroup(group));
    }

    private List<Finding> queue(String subject) {
        List<JobQueueDetail> queues = batch.describeJobQueues(request -> request.jobQueues(settings.queue()))
                .jobQueues();
        if (queues.isEmpty()) {
            return List.of(Finding.bad(
                    subject,
                    "no such queue in this account and region",
                    "create it, or correct jobs.queue or the region"));
        }
        JobQueueDetail queue = queues.get(0);
        List<Finding> findings = new ArrayList<>();
        if (queue.state() != JQState.ENABLED) {
            findings.add(Finding.bad(subject, "it is " + queue.stateAsString(), "enable it so that it accepts jobs"));
        }
        if (queue.status() != JQStatus.VALID) {
            findings.add(Finding.bad(
                    subject,
                    "its status is " + queue.statusAsString() + " (" + queue.statusReason() + ")",
                    "fix its compute environments"));
        }
        findings.addAll(listing(subject));
        return findings.isEmpty() ? List.of(Finding.good(subject, "ENABLED, VALID")) : findings;
    }

    /** A claim whose job was not recorded is settled by the list of the queue's jobs. */
    private List<Finding> listing(String subject) {
        try {
            batch.listJobs(request -> request.jobQueue(settings.queue()).maxResults(1));
            return List.of();
        } catch (SdkException e) {
            return List.of(Finding.bad(
                    subject,
                    "cannot list its jobs: " + AwsMessage.of(e.getMessage()),
                    "grant the role batch:ListJobs"));
        }
    }

    /** Asked as for a job's report, of a stream that no job has: the error says whether the group is there. */
    private List<Finding> logGroup(String subject) {
        try {
            logs.getLogEvents(
                    request -> request.logGroupName(settings.logGroup()).logStreamName("doctor-asks"));
        } catch (ResourceNotFoundException e) {
            if (String.valueOf(e.getMessage()).contains("log group")) {
                return List.of(Finding.bad(
                        subject,
                        "no such log group in this account and region, so job reports cannot be read",
                        "correct jobs.logGroup, or create the group"));
            }
        }
        return List.of(Finding.good(subject, "exists and is readable"));
    }

    private List<Finding> definition(String subject) {
        List<JobDefinition> definitions = batch.describeJobDefinitionsPaginator(request()).jobDefinitions().stream()
                .filter(definition -> WORKING.equals(definition.status()))
                .toList();
        if (definitions.isEmpty()) {
            return List.of(Finding.bad(
                    subject,
                    "no active definition of that name in this account and region",
                    "register it, or correct jobs.definition or the region"));
        }
        JobDefinition latest = definitions.stream()
                .max(Comparator.comparing(JobDefinition::revision))
                .orElseThrow();
        if (latest.containerProperties() == null) {
            return List.of(Finding.bad(
                    subject,
                    "revision " + latest.revision() + " has no containerProperties (" + form(latest)
                            + "), so job reports could not be found",
                    "register it with containerProperties (these work on Fargate, too), or correct jobs.definition"));
        }
        List<String> command = latest.containerProperties().command();
        if (!command.containsAll(PARAMETERS)) {
            return List.of(Finding.bad(
                    subject,
                    "revision " + latest.revision() + " runs the command " + command,
                    "register it with the command [\"mirror\", \"Ref::source\", \"Ref::dest\"]"));
        }
        String group = logGroup(latest);
        if (!group.equals(settings.logGroup())) {
            return List.of(Finding.bad(
                    subject,
                    "jobs of revision " + latest.revision() + " log to " + group + ", but their reports are read from "
                            + settings.logGroup(),
                    "set jobs.logGroup to " + group));
        }
        return List.of(Finding.good(subject, "revision " + latest.revision() + " is active"));
    }

    /** Of a definition that does not say, Batch's own ("Use the awslogs log driver", AWS Batch User Guide). */
    private static String logGroup(JobDefinition definition) {
        LogConfiguration log = definition.containerProperties().logConfiguration();
        return log == null || !log.hasOptions() ? OF_BATCH : log.options().getOrDefault("awslogs-group", OF_BATCH);
    }

    /** Jobs may name a definition by name or ARN without a revision, which the API takes as a name only. */
    private DescribeJobDefinitionsRequest request() {
        DescribeJobDefinitionsRequest.Builder request = DescribeJobDefinitionsRequest.builder();
        String name = settings.definition().replaceFirst("^arn:.*:job-definition/", "");
        return name.contains(":")
                ? request.jobDefinitions(settings.definition()).build()
                : request.jobDefinitionName(name).status(WORKING).build();
    }

    private static String form(JobDefinition definition) {
        if (definition.ecsProperties() != null) {
            return "but ecsProperties: multiple containers";
        }
        return definition.eksProperties() != null
                ? "but eksProperties: Kubernetes"
                : "its type is " + definition.type();
    }

    private static String reach(String operation) {
        return "check the region, endpoint, network and permission batch:" + operation;
    }
}
