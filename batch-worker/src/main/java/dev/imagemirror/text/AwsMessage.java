package dev.imagemirror.text;

import org.jspecify.annotations.Nullable;

/**
 * Messages of the AWS SDK for Java, for users. If credentials or a region are missing, the SDK lists every provider it
 * tried, a page of text that does not say what to do.
 */
public final class AwsMessage {
    /** What to do about missing credentials. */
    public static final String SET_CREDENTIALS =
            "run with a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

    /** What to do about a missing region. */
    public static final String SET_REGION = "set AWS_REGION or AWS_DEFAULT_REGION, or a region in the AWS config file";

    private AwsMessage() {}

    /** True if the SDK found no credentials. */
    public static boolean isOfCredentials(@Nullable String message) {
        return message != null && message.contains("Unable to load credentials");
    }

    /** True if the SDK found no region. */
    public static boolean isOfRegion(@Nullable String message) {
        return message != null && message.contains("Unable to load region");
    }

    /** The message, or a short one that says what to do. */
    public static String of(@Nullable String message) {
        if (isOfCredentials(message)) {
            return "no AWS credentials; " + SET_CREDENTIALS;
        }
        if (isOfRegion(message)) {
            return "no AWS region; " + SET_REGION;
        }
        return message == null ? "unknown error" : message;
    }
}
