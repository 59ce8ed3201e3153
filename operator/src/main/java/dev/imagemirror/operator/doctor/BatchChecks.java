package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.text.AwsMessage;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JQState;
import software.amazon.awssdk.services.batch.model.JQStatus;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Checks the Batch job queue, job definition and log group. */
public final class BatchChecks {
    private final BatchClient batch;
    private final CloudWatchLogsClient logs;
    private final JobsConfig.Batch settings;

    public BatchChecks(BatchClient batch, CloudWatchLogsClient logs, JobsConfig.Batch settings) {
        this.batch = batch;
        this.logs = logs;
        this.settings = settings;
    }

    public void run(Checks checks) {
        String queue = "job queue " + settings.queue();
        checks.run(queue, reach("DescribeJobQueues"), () -> queue(queue));
        String definition = "job definition " + settings.definition();
        checks.run(
                definition,
                reach("DescribeJobDefinitions"),
                () -> new JobDefinitionCheck(batch, settings).run(definition));
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

    /** An unrecorded claim is resolved by listing the queue's jobs. */
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

    /** Requested like a job's report, from a stream that no job has: the error tells whether the group exists. */
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

    private static String reach(String operation) {
        return "check the region, endpoint, network and permission batch:" + operation;
    }
}
