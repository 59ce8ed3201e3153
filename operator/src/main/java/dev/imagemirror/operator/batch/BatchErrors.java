package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.text.AwsMessage;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates SDK errors into messages that say what to do. */
final class BatchErrors {
    private static final int REQUEST_TIMEOUT = 408;

    private BatchErrors() {}

    /** True if the service understood the request and rejected it. */
    static boolean isDefinite(AwsServiceException e) {
        return e.statusCode() >= 400 && e.statusCode() < 500 && e.statusCode() != REQUEST_TIMEOUT;
    }

    /** True if a retry would not help, so the cause is worth reporting. */
    static boolean isLasting(AwsServiceException e) {
        return isDefinite(e) && !isThrottled(e);
    }

    /** Timeouts, throttling and rejected credentials are not about a single job. */
    private static boolean hitsAll(SdkException e) {
        return !(e instanceof AwsServiceException service)
                || !isLasting(service)
                || service.statusCode() == 401
                || service.statusCode() == 403;
    }

    private static boolean isThrottled(AwsServiceException e) {
        return e.isThrottlingException() || e.statusCode() == 429;
    }

    /** The error of a call other than {@code SubmitJob}. */
    static PortException of(String action, SdkException e) {
        return new PortException(hitsAll(e) ? "AWS Batch" : null, words("batch:" + action, e), e);
    }

    /** @param action as in an IAM policy, such as {@code batch:SubmitJob} */
    static String words(String action, SdkException e) {
        if (!(e instanceof AwsServiceException service)) {
            return AwsMessage.isOfCredentials(e.getMessage())
                    ? action + ": " + AwsMessage.of(e.getMessage())
                    : "cannot reach AWS (" + action + "): " + AwsMessage.of(e.getMessage())
                            + "; if this persists, check AWS_REGION, the credentials and the network";
        }
        return "AWS rejected " + action + " (" + said(service) + "); " + advice(action, service);
    }

    private static String said(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null
                ? "status " + e.statusCode()
                : "status " + e.statusCode() + ", " + details.errorCode() + ": " + details.errorMessage();
    }

    private static String advice(String action, AwsServiceException e) {
        if (isThrottled(e)) {
            return "too many requests in this account and region; will be retried";
        }
        if (e.statusCode() == 401 || e.statusCode() == 403) {
            return "allow " + action + " in the operator's role and check that its credentials are valid";
        }
        if (isDefinite(e)) {
            return "check the job queue, job definition and log group names in the operator's configuration";
        }
        return "will be retried";
    }
}
