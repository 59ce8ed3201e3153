package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.batch.model.SubmitJobRequest;

/** Submits once and tells refusals, of which nothing can come, from silence, of which a job can. */
final class JobSubmitter {
    private final BatchClient batch;
    private final Duration patience;

    /** @param batch makes each request once */
    JobSubmitter(BatchClient batch, Duration patience) {
        this.batch = batch;
        this.patience = patience;
    }

    Submission submit(String jobName, CopyJobSpec job) {
        try {
            String id = batch.submitJob(request(jobName, job)).jobId();
            return id == null || id.isEmpty()
                    ? new Submission.Unanswered("AWS Batch answered SubmitJob without a job id")
                    : new Submission.Accepted(id);
        } catch (AwsServiceException e) {
            String words = BatchErrors.words("batch:SubmitJob", e);
            return BatchErrors.isDefinite(e) ? new Submission.Refused(words) : new Submission.Unanswered(words);
        } catch (SdkException e) {
            return new Submission.Unanswered(BatchErrors.words("batch:SubmitJob", e));
        } catch (RuntimeException e) {
            return new Submission.Unanswered("SubmitJob ended in a fault of the program: " + e);
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
        if (!job.environment().isEmpty()) {
            request.containerOverrides(overrides -> overrides.environment(variables(job.environment())));
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
