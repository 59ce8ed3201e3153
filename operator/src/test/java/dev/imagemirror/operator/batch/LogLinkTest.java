package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.batch.model.AttemptDetail;
import software.amazon.awssdk.services.batch.model.JobDetail;
import software.amazon.awssdk.services.batch.model.JobStatus;

class LogLinkTest {
    @Test
    void namesAreEncodedTwiceAsTheConsoleWantsThem() {
        assertThat(LogLink.of(job("aws", "eu-central-1", "MirrorJob/default/0a b"), "/aws/batch/job"))
                .hasToString("https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1"
                        + "#logsV2:log-groups/log-group/$252Faws$252Fbatch$252Fjob"
                        + "/log-events/MirrorJob$252Fdefault$252F0a$2520b");
    }

    @ParameterizedTest
    @CsvSource({
        "aws-cn, cn-north-1, cn-north-1.console.amazonaws.cn",
        "aws-us-gov, us-gov-west-1, us-gov-west-1.console.amazonaws-us-gov.com"
    })
    void otherPartitionsHaveConsolesOfTheirOwn(String partition, String region, String host) {
        assertThat(LogLink.of(job(partition, region, "s"), "g").getHost()).isEqualTo(host);
    }

    @Test
    void jobWithoutAStreamHasNoLink() {
        assertThat(LogLink.of(job("aws", "eu-central-1", null), "g")).isNull();
        assertThat(LogLink.of(JobDetail.builder().build(), "g")).isNull();
    }

    @Test
    void whileAnAttemptRunsTheLinkIsToItsStream() {
        JobDetail second = job("aws", "eu-central-1", "now")
                .copy(job -> job.status(JobStatus.RUNNING)
                        .attempts(AttemptDetail.builder()
                                .container(container -> container.logStreamName("reclaimed"))
                                .build()));
        assertThat(LogLink.of(second, "/aws/batch/job").toString()).endsWith("/log-events/now");
        assertThat(LogLink.of(second.copy(job -> job.status(JobStatus.FAILED)), "/aws/batch/job")
                        .toString())
                .endsWith("/log-events/reclaimed");
    }

    private static JobDetail job(String partition, String region, String stream) {
        return JobDetail.builder()
                .jobArn("arn:" + partition + ":batch:" + region + ":123456789012:job/1")
                .container(container -> container.logStreamName(stream))
                .build();
    }
}
