package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class BatchErrorsTest {
    @Test
    void missingCredentialsGiveAdviceInsteadOfSdkDetails() {
        assertThat(BatchErrors.words(
                        "batch:ListJobs",
                        SdkClientException.create(
                                "Unable to load credentials from any of the providers in the chain […]")))
                .isEqualTo("batch:ListJobs: no AWS credentials; run with a role, or set AWS_PROFILE, or"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
}
