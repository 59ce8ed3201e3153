package dev.imagemirror.operator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What calls are about, as IAM sees it. Source: "Actions, resources, and condition keys" of Amazon SQS, Amazon CloudWatch Logs,
 * AWS Systems Manager, AWS Secrets Manager, AWS Batch and AWS STS.
 */
final class CalledResource {
    private static final Pattern ROLE = Pattern.compile("(?:^|&)RoleArn=([^&]+)");

    private CalledResource() {}

    /** ARNs, each of which has to be allowed; one null if the call is on no resource. */
    static List<String> of(String service, String region, JsonNode call) {
        String place = "arn:aws:" + service + ":" + region + ":" + AwsAccount.ID + ":";
        return switch (service) {
            case "sqs" -> {
                String url = call.path("QueueUrl").asText();
                yield List.of(place + url.substring(url.lastIndexOf('/') + 1));
            }
            case "logs" ->
                List.of(place + "log-group:" + call.path("logGroupName").asText() + ":log-stream:"
                        + call.path("logStreamName").asText());
            case "ssm" -> List.of(place + "parameter" + call.path("Name").asText());
            case "secretsmanager" -> List.of(call.path("SecretId").asText());
            case "batch" -> batch(place, call);
            default -> Collections.singletonList(null);
        };
    }

    private static List<String> batch(String place, JsonNode call) {
        if (call.has("jobDefinition")) {
            return List.of(
                    arn(place + "job-queue/", call.path("jobQueue").asText()),
                    arn(place + "job-definition/", call.path("jobDefinition").asText()));
        }
        return call.has("jobId")
                ? List.of(place + "job/" + call.path("jobId").asText())
                : Collections.singletonList(null);
    }

    private static String arn(String place, String name) {
        return name.startsWith("arn:") ? name : place + name;
    }

    /** The role that is to be assumed, by a call of the query protocol, or null. */
    static String role(String form) {
        Matcher role = ROLE.matcher(form);
        return role.find() ? URLDecoder.decode(role.group(1), StandardCharsets.UTF_8) : null;
    }
}
