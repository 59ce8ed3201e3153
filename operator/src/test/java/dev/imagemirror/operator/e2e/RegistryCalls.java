package dev.imagemirror.operator.e2e;

import dev.imagemirror.e2e.DockerRegistryProcess.Access;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which actions of IAM requests of the registry's own API need at ECR. Source: "Actions, resources, and condition keys for
 * Amazon ECR", and "IAM permissions for pushing an image" in the ECR User Guide; that {@code HEAD} and {@code GET} of a
 * manifest are {@code BatchGetImage}, and of a blob {@code BatchCheckLayerAvailability} and {@code GetDownloadUrlForLayer},
 * is what ECR's denials name; that of referrers is {@code BatchGetImage} in "ListImageReferrers", Amazon ECR API Reference.
 */
final class RegistryCalls {
    private static final Pattern PLACE =
            Pattern.compile("/v2/(.+)/(manifests|blobs/uploads|blobs|tags|referrers)/[^?]*(\\?.*)?");

    private RegistryCalls() {}

    /** What these requests by {@code key} need; {@code repositories} is the beginning of the repositories' ARNs. */
    static List<CallLog.Entry> of(String key, String repositories, List<Access> requests) {
        return requests.stream()
                .flatMap(request -> of(key, repositories, request))
                .distinct()
                .toList();
    }

    private static Stream<CallLog.Entry> of(String key, String repositories, Access request) {
        Matcher place = PLACE.matcher(request.uri());
        if (!place.matches()) {
            return Stream.of();
        }
        return actions(request.method(), place.group(2)).stream()
                .map(action -> new CallLog.Entry(key, "ecr:" + action, repositories + place.group(1)));
    }

    private static Set<String> actions(String method, String kind) {
        return switch (method + " " + kind) {
            case "HEAD manifests", "GET manifests", "GET referrers" -> Set.of("BatchGetImage");
            case "PUT manifests" -> Set.of("PutImage");
            case "HEAD blobs" -> Set.of("BatchCheckLayerAvailability");
            case "GET blobs" -> Set.of("GetDownloadUrlForLayer");
            case "POST blobs/uploads" -> Set.of("InitiateLayerUpload");
            case "PATCH blobs/uploads" -> Set.of("UploadLayerPart");
            case "PUT blobs/uploads" -> Set.of("UploadLayerPart", "CompleteLayerUpload");
            case "GET tags" -> Set.of("ListImages");
            default ->
                throw new IllegalArgumentException(method + " of " + kind + " is nothing that a program should do");
        };
    }
}
