package dev.imagemirror.worker.credentials;

import java.util.Map;

/**
 * The region of AWS's clients. The SDK for Java reads {@code AWS_REGION} alone, the AWS CLI {@code AWS_DEFAULT_REGION} too:
 * whoever has set that shall not find that these programs take another from a profile.
 */
public final class AwsRegion {
    /** By which the SDK takes a region before it reads a profile, {@code SdkSystemSetting.AWS_REGION}. */
    private static final String PROPERTY = "aws.region";

    private AwsRegion() {}

    /** Has the clients that are made from now on follow the CLI's variable where the SDK's is not set; for a program's start. */
    public static void followCli(Map<String, String> environment) {
        String ofCli = environment.getOrDefault("AWS_DEFAULT_REGION", "");
        boolean isSet = System.getProperty(PROPERTY) != null
                || !environment.getOrDefault("AWS_REGION", "").isBlank();
        if (!isSet && !ofCli.isBlank()) {
            System.setProperty(PROPERTY, ofCli.strip());
        }
    }
}
