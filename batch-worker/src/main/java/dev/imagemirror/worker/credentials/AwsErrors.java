package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's errors into typed ones that say what to do. */
final class AwsErrors {
    /** What SSM's GetParameter and Secrets Manager's GetSecretValue answer where there is nothing. */
    private static final Set<String> MISSING =
            Set.of("ParameterNotFound", "ParameterVersionNotFound", "ResourceNotFoundException");

    private AwsErrors() {}

    /**
     * @param wanted what was asked for
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
                    "AWS did not give " + wanted + " (" + code + ")" + (temporary ? "" : "; " + next),
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("Unable to load region")) {
            return new RegistryException(
                    ErrorKind.ACCESS_DENIED, "there is no AWS region for " + wanted + "; set AWS_REGION", e);
        }
        boolean noCredentials = String.valueOf(e.getMessage()).contains("Unable to load credentials");
        return new RegistryException(
                noCredentials ? ErrorKind.ACCESS_DENIED : ErrorKind.TEMPORARY,
                noCredentials
                        ? "there are no AWS credentials for " + wanted
                                + "; run with a role, a profile or AWS_ACCESS_KEY_ID"
                        : "AWS could not be asked for " + wanted + ": " + e.getMessage(),
                e);
    }

    private static boolean isMissing(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && MISSING.contains(e.awsErrorDetails().errorCode());
    }
}
