package dev.imagemirror.operator.batch;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.batch.model.JobDetail;

/**
 * Address of a job's log stream in CloudWatch's console, which wants names percent-encoded twice with {@code $} for the
 * outer percent sign.
 */
final class LogLink {
    private static final Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):batch:([a-z0-9-]+):.*");

    private LogLink() {}

    /** The last attempt's stream; null as long as there is none. */
    static @Nullable URI of(JobDetail job, String group) {
        String stream = BatchJobs.lastLogStream(job).orElse("");
        Matcher arn = ARN.matcher(String.valueOf(job.jobArn()));
        if (stream.isEmpty() || !arn.matches()) {
            return null;
        }
        String region = arn.group(2);
        return URI.create("https://" + region + "." + console(arn.group(1)) + "/cloudwatch/home?region=" + region
                + "#logsV2:log-groups/log-group/" + twice(group) + "/log-events/" + twice(stream));
    }

    private static String console(String partition) {
        return switch (partition) {
            case "aws-cn" -> "console.amazonaws.cn";
            case "aws-us-gov" -> "console.amazonaws-us-gov.com";
            default -> "console.aws.amazon.com";
        };
    }

    private static String twice(String name) {
        return encoded(encoded(name)).replace('%', '$');
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
