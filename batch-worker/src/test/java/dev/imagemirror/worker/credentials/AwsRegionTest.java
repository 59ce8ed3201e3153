package dev.imagemirror.worker.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

class AwsRegionTest {
    private static final String PROPERTY = "aws.region";

    private final String before = System.getProperty(PROPERTY);

    @BeforeEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void theClisVariableDecidesWhereTheSdksIsNotSet() {
        AwsRegion.followCli(Map.of("AWS_DEFAULT_REGION", "eu-west-3", "AWS_REGION", ""));
        assertThat(new DefaultAwsRegionProviderChain().getRegion().id()).isEqualTo("eu-west-3");
    }

    @Test
    void theSdksVariableAndPropertyComeFirst() {
        AwsRegion.followCli(Map.of("AWS_DEFAULT_REGION", "eu-west-3", "AWS_REGION", "us-east-1"));
        assertThat(System.getProperty(PROPERTY)).isNull();
        System.setProperty(PROPERTY, "ap-south-1");
        AwsRegion.followCli(Map.of("AWS_DEFAULT_REGION", "eu-west-3"));
        assertThat(System.getProperty(PROPERTY)).isEqualTo("ap-south-1");
    }

    @Test
    void nothingIsSetWhereTheCliHasNoVariableEither() {
        AwsRegion.followCli(Map.of("AWS_DEFAULT_REGION", " "));
        AwsRegion.followCli(Map.of());
        assertThat(System.getProperty(PROPERTY)).isNull();
    }
}
