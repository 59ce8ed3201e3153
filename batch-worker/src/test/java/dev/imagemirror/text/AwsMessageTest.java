package dev.imagemirror.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AwsMessageTest {
    @Test
    void missingCredentialsSayWhatToDoAndNotWhereTheSdkLooked() {
        assertThat(AwsMessage.of("Unable to load credentials from any of the providers in the chain"
                        + " AwsCredentialsProviderChain(credentialsProviders=[SystemPropertyCredentialsProvider(),"
                        + " …])"))
                .isEqualTo("no AWS credentials; run with a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void missingRegionSaysWhatToDoAndNotWhereTheSdkLooked() {
        assertThat(AwsMessage.of("Unable to load region from any of the providers in the chain"
                        + " software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain@1: […]"))
                .isEqualTo("no AWS region; set AWS_REGION or AWS_DEFAULT_REGION, or a region in the AWS config file");
    }

    @Test
    void otherMessagesStayAsTheyAre() {
        assertThat(AwsMessage.of("Connection refused")).isEqualTo("Connection refused");
        assertThat(AwsMessage.of(null)).isEqualTo("unknown error");
    }
}
