package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.text.AwsMessage;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's errors into typed ones that say what to do. */
final class AwsErrors {
    /** What SSM's GetParameter and Secrets Manager's GetSecretValue return if there is nothing. */
    private static final Set<String> MISSING =
            Set.of("ParameterNotFound", "ParameterVersionNotFound", "ResourceNotFoundException");

    private AwsErrors() {}

    /**
     * @param wanted what was requested
     * @param advice what to do when access is denied
     */
    static RegistryException of(String wanted, String advice, SdkException e) {
        if (e instanceof AwsServiceException service) {
            boolean temporary = service.isThrottlingException() || service.statusCode() >= 500;
            String code = service.awsErrorDetails() == null
                    ? "status " + service.statusCode()
                    : service.awsErrorDetails().errorCode() + ": "
                            + service.awsErrorDetails().errorMessage();
            String next = isMissing(service) ? "create it, or correct its name or region" : advice;
            return new RegistryException(
                    temporary ? ErrorKind.TEMPORARY : ErrorKind.ACCESS_DENIED,
                    "AWS did not return " + wanted + " (" + code + ")" + (temporary ? "" : "; " + next),
                    e);
        }
        if (AwsMessage.isOfRegion(e.getMessage())) {
            return new RegistryException(
                    ErrorKind.ACCESS_DENIED, "no AWS region for " + wanted + "; " + AwsMessage.SET_REGION, e);
        }
        boolean noCredentials = AwsMessage.isOfCredentials(e.getMessage());
        return new RegistryException(
                noCredentials ? ErrorKind.ACCESS_DENIED : ErrorKind.TEMPORARY,
                noCredentials
                        ? "no AWS credentials for " + wanted + "; " + AwsMessage.SET_CREDENTIALS
                        : "cannot get " + wanted + " from AWS: " + e.getMessage(),
                e);
    }

    private static boolean isMissing(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && MISSING.contains(e.awsErrorDetails().errorCode());
    }
}
