package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Submits once and distinguishes a rejection, which leaves no job, from no response, which may. */
final class JobSubmitter {
    private final BatchClient batch;
    private final Duration patience;
    private final Map<String, String> environment;

    /**
     * @param batch makes each request once
     * @param environment variables of every job, which a job's own may not change
     */
    JobSubmitter(BatchClient batch, Duration patience, Map<String, String> environment) {
        this.batch = batch;
        this.patience = patience;
        this.environment = environment;
    }

    Submission submit(String jobName, CopyJobSpec job) {
        try {
            String id = batch.submitJob(request(jobName, job)).jobId();
            return id == null || id.isEmpty()
                    ? new Submission.Unanswered("AWS Batch returned no job id for SubmitJob")
                    : new Submission.Accepted(id);
        } catch (AwsServiceException e) {
            String words = BatchErrors.words("batch:SubmitJob", e);
            return BatchErrors.isDefinite(e) ? new Submission.Refused(words) : new Submission.Unanswered(words);
        } catch (SdkException e) {
            return new Submission.Unanswered(BatchErrors.words("batch:SubmitJob", e));
        } catch (RuntimeException e) {
            return new Submission.Unanswered("SubmitJob failed with an internal error; please report it: " + e);
        }
    }

    private SubmitJobRequest request(String jobName, CopyJobSpec job) {
        SubmitJobRequest.Builder request = SubmitJobRequest.builder()
                .jobName(jobName)
                .jobQueue(job.queue())
                .jobDefinition(job.definition())
                .parameters(job.parameters())
                .timeout(timeout -> timeout.attemptDurationSeconds(job.deadlineSeconds()))
                .overrideConfiguration(config -> config.apiCallTimeout(patience));
        Map<String, String> variables = new TreeMap<>(job.environment());
        variables.putAll(environment);
        if (!variables.isEmpty()) {
            request.containerOverrides(overrides -> overrides.environment(variables(variables)));
        }
        return request.build();
    }

    private static List<KeyValuePair> variables(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> KeyValuePair.builder()
                        .name(variable.getKey())
                        .value(variable.getValue())
                        .build())
                .toList();
    }
}
