package dev.imagemirror.operator.ecr;

import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.text.AwsMessage;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Interprets the SDK's exceptions. Codes: "Common Errors" in the Amazon ECR API Reference. */
final class EcrErrors {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "NotAuthorized",
            "OptInRequired");

    /** Codes with status 400 or 403 that go away once credentials are renewed. */
    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch");

    private EcrErrors() {}

    /** @param action the required permission, such as {@code ecr:ListImages} */
    static Resolution resolution(EcrRepository repository, String action, SdkException error) {
        if (error instanceof RepositoryNotFoundException) {
            return new Resolution.RepositoryMissing();
        }
        if (isDenied(error)) {
            return new Resolution.Denied(denied(repository, action, error));
        }
        return new Resolution.Unavailable(
                action + " at " + repository + " failed: " + detail(error), isThrottling(error), null);
    }

    static boolean isDenied(SdkException error) {
        if (!(error instanceof AwsServiceException service)) {
            return false;
        }
        String code = code(service);
        return DENIED.contains(code)
                || (!EXPIRED.contains(code)
                        && !isThrottling(error)
                        && (service.statusCode() == 401 || service.statusCode() == 403));
    }

    static String denied(EcrRepository repository, String action, SdkException error) {
        return action + " is not allowed at " + repository + " (" + detail(error)
                + "); allow it in the operator's role and, for another account, in the repository policy";
    }

    /** The service's own message, without the SDK's request ids, which differ every time. */
    static String detail(SdkException error) {
        if (error instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorMessage() != null) {
            return code(service) + ": " + service.awsErrorDetails().errorMessage();
        }
        return AwsMessage.of(error.getMessage());
    }

    private static boolean isThrottling(SdkException error) {
        return error instanceof AwsServiceException service && service.isThrottlingException();
    }

    private static String code(AwsServiceException error) {
        return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null
                ? ""
                : error.awsErrorDetails().errorCode();
    }
}
