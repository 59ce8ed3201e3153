package dev.imagemirror.worker.credentials;

import java.util.Map;

/**
 * The region of AWS clients. The SDK for Java reads only {@code AWS_REGION}, the AWS CLI {@code AWS_DEFAULT_REGION}
 * too: with only the latter set, these programs must not use another region from a profile.
 */
public final class AwsRegion {
    /** The property where the SDK looks for a region before it reads a profile, {@code SdkSystemSetting.AWS_REGION}. */
    private static final String PROPERTY = "aws.region";

    private AwsRegion() {}

    /** Makes clients created from now on use the CLI's variable if the SDK's is not set; call at startup. */
    public static void followCli(Map<String, String> environment) {
        String ofCli = environment.getOrDefault("AWS_DEFAULT_REGION", "");
        boolean isSet = System.getProperty(PROPERTY) != null
                || !environment.getOrDefault("AWS_REGION", "").isBlank();
        if (!isSet && !ofCli.isBlank()) {
            System.setProperty(PROPERTY, ofCli.strip());
        }
    }
}
