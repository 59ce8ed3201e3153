package dev.imagemirror.operator.doctor;

import java.util.List;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Whether the SDK's standard chain has a region and credentials. */
public final class AwsChecks {
    private static final String REGION =
            "set AWS_REGION or AWS_DEFAULT_REGION, or a region in AWS's configuration file";

    private AwsChecks() {}

    public static void run(Checks checks) {
        checks.run("AWS region", REGION, AwsChecks::region);
        checks.run(
                "AWS credentials",
                "give the process a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                AwsChecks::credentials);
    }

    private static List<Finding> region() {
        try {
            return List.of(Finding.good(
                    "AWS region",
                    DefaultAwsRegionProviderChain.builder().build().getRegion().id()));
        } catch (SdkClientException e) {
            return List.of(Finding.bad(
                    "AWS region", "there is none", REGION)); // its words are those of every place it looked in
        }
    }

    private static List<Finding> credentials() {
        try (DefaultCredentialsProvider chain =
                DefaultCredentialsProvider.builder().build()) {
            return List.of(Finding.good(
                    "AWS credentials", "key " + chain.resolveCredentials().accessKeyId()));
        }
    }
}
