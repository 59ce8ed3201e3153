package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.ErrorKind;
import dev.imagemirror.registry.RegistryException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's errors into typed ones that say what to do. */
final class AwsErrors {
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
            return new RegistryException(
                    temporary ? ErrorKind.TEMPORARY : ErrorKind.ACCESS_DENIED,
                    "AWS did not give " + wanted + " (" + code + ")" + (temporary ? "" : "; " + advice),
                    e);
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
}
