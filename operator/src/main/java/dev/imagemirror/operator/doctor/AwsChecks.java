package dev.imagemirror.operator.doctor;

import dev.imagemirror.text.AwsMessage;
import java.util.List;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Checks that the SDK's default chain finds a region and credentials. */
public final class AwsChecks {
    private AwsChecks() {}

    public static void run(Checks checks) {
        checks.run("AWS region", AwsMessage.SET_REGION, AwsChecks::region);
        checks.run("AWS credentials", AwsMessage.SET_CREDENTIALS, AwsChecks::credentials);
    }

    private static List<Finding> region() {
        try {
            return List.of(Finding.good(
                    "AWS region",
                    DefaultAwsRegionProviderChain.builder().build().getRegion().id()));
        } catch (SdkClientException e) {
            return List.of(Finding.bad(
                    "AWS region",
                    "none configured",
                    AwsMessage.SET_REGION)); // the SDK's message lists every place it looked
        }
    }

    /** A failure shows the SDK's own text: nothing else explains why a profile does not work. */
    private static List<Finding> credentials() {
        try (DefaultCredentialsProvider chain =
                DefaultCredentialsProvider.builder().build()) {
            return List.of(Finding.good(
                    "AWS credentials", "key " + chain.resolveCredentials().accessKeyId()));
        }
    }
}
