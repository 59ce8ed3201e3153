package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.config.JobsConfig;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.DescribeJobDefinitionsRequest;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.LogConfiguration;

/** Whether the job definition runs the worker, and its jobs log to where reports are read. */
record JobDefinitionCheck(BatchClient batch, JobsConfig.Batch settings) {
    private static final String WORKING = "ACTIVE";
    private static final String OF_BATCH = "/aws/batch/job";
    private static final List<String> PARAMETERS =
            List.of("Ref::" + CopyJobSpec.SOURCE, "Ref::" + CopyJobSpec.DESTINATIONS);

    List<Finding> run(String subject) {
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

    /** Batch's default if the definition sets none ("Use the awslogs log driver", AWS Batch User Guide). */
    private static String logGroup(JobDefinition definition) {
        LogConfiguration log = definition.containerProperties().logConfiguration();
        return log == null || !log.hasOptions() ? OF_BATCH : log.options().getOrDefault("awslogs-group", OF_BATCH);
    }

    /** Jobs may refer to a definition by name or ARN without a revision, which this API accepts as a name only. */
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
}
