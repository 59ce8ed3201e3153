package dev.imagemirror.operator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.testing.TestingEvents;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    private static final String WEST = "123456789012.dkr.ecr.us-west-2.amazonaws.com/team/app";

    @Test
    void aPushNamesTheImage() {
        assertThat(recorded("ecr-push"))
                .isEqualTo(new AwsEvent.ImageChanged(ImageReference.parse(WEST + ":latest"), false));
    }

    @Test
    void aPushWithoutATagNamesTheRepositoryInItsPartition() {
        assertThat(recorded("ecr-push-untagged"))
                .isEqualTo(new AwsEvent.ImageChanged(
                        ImageReference.parse("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app"), false));
    }

    @Test
    void aDeletionNamesTheImage() {
        assertThat(recorded("ecr-delete"))
                .isEqualTo(new AwsEvent.ImageChanged(ImageReference.parse(WEST + ":latest"), true));
    }

    @Test
    void anEndedJobNamesItsDestinations() {
        assertThat(recorded("batch-succeeded"))
                .isEqualTo(new AwsEvent.JobChanged(
                        "4c7599ae-0a82-49aa-ba5a-4727fcce14a8",
                        List.of(
                                ImageReference.parse("a.example.com/golang:1.17"),
                                ImageReference.parse("b.example.com/golang:1.17"))));
    }

    @Test
    void aJobSubmittedByHandMayHaveAnyParameters() {
        String body = TestingEvents.body("batch-succeeded").replace("a.example.com/golang:1.17,b", "UPPER:bad b");
        assertThat(((AwsEvent.JobChanged) EventParser.parse(body)).destinations())
                .containsExactly(ImageReference.parse("b.example.com/golang:1.17"));
    }

    @ParameterizedTest
    @CsvSource({"row-modified, golang:1.17#c/n/p", "row-expired, golang:1.18"})
    void aRecordOfTheStreamNamesTheRow(String name, String key) {
        assertThat(recorded(name)).isEqualTo(new AwsEvent.RowChanged(new EntryKey(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecr-scan", "batch-runnable"})
    void ignoresOtherEventsOfTheseServices(String name) {
        assertThat(recorded(name)).isInstanceOf(AwsEvent.Irrelevant.class);
    }

    @Test
    void ignoresAFailedPush() {
        String body = TestingEvents.body("ecr-push").replace("SUCCESS", "FAILURE");
        assertThat(EventParser.parse(body)).isInstanceOf(AwsEvent.Irrelevant.class);
    }

    @Test
    void ignoresEventsOfOtherServices() {
        assertThat(EventParser.parse("{\"source\": \"aws.ec2\", \"detail-type\": \"Whatever\"}"))
                .isInstanceOf(AwsEvent.Irrelevant.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "null",
                "7",
                "{}",
                "{\"source\": 5}",
                "{\"eventSource\": \"aws:dynamodb\"}",
                "{\"eventSource\": \"aws:dynamodb\", \"dynamodb\": {\"Keys\": {\"Source\": {\"S\": \"\"}}}}",
                "{\"eventSource\": \"aws:dynamodb\", \"dynamodb\": {\"Keys\": {\"Source\": {\"N\": \"5\"}}}}",
                "{\"source\": \"aws.batch\", \"detail-type\": \"Batch Job State Change\", \"detail\": {\"status\":"
                        + " \"FAILED\"}}",
                "{\"source\": \"aws.ecr\", \"detail-type\": \"ECR Image Action\", \"detail\": {\"action-type\":"
                        + " \"PUSH\"}}"
            })
    void rejectsTextThatIsNotAnEvent(String body) {
        assertUnreadable(body);
    }

    @ParameterizedTest
    @CsvSource({
        "team/app, 'team/app@sha256:0000000000000000000000000000000000000000000000000000000000000000'",
        "team/app, team/app:other",
        "team/app, ../../etc",
        "123456789012, 1",
        "us-west-2, evil.example.com/x",
        "latest, 'a b'"
    })
    void rejectsAnInvalidImage(String what, String by) {
        assertUnreadable(TestingEvents.body("ecr-push").replace("\"" + what + "\"", "\"" + by + "\""));
    }

    @Test
    void hostileBodiesAreRefusedInOneShortLine() {
        String deep = "{\"a\":".repeat(100_000);
        String lines = "x\n\u001b[31mred\r\n" + "y".repeat(100_000);
        String longKey = TestingEvents.body("row-expired").replace("golang:1.18", "x".repeat(2049));
        for (String body : List.of(deep, lines, longKey)) {
            assertThatExceptionOfType(UnreadableEventException.class)
                    .isThrownBy(() -> EventParser.parse(body))
                    .satisfies(
                            e -> assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContainPattern("[\\p{Cntrl}]"));
        }
    }

    @Test
    void damagedEventsNeverThrowAnythingElse() {
        Random random = new Random(11);
        List<String> bodies = List.of(
                TestingEvents.body("ecr-push"),
                TestingEvents.body("batch-succeeded"),
                TestingEvents.body("row-modified"));
        for (int i = 0; i < 3000; i++) {
            StringBuilder damaged = new StringBuilder(bodies.get(i % bodies.size()));
            for (int hits = 0; hits < 3; hits++) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(128));
            }
            try {
                EventParser.parse(damaged.toString());
            } catch (UnreadableEventException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void aJobNamesNoMoreThanAJobCanHave() {
        String many = IntStream.range(0, 5000).mapToObj(i -> "a.io/b:" + i).collect(Collectors.joining(","));
        String body = TestingEvents.body("batch-succeeded")
                .replace("a.example.com/golang:1.17,b.example.com/golang:1.17", many);
        assertThat(((AwsEvent.JobChanged) EventParser.parse(body)).destinations())
                .hasSize(30);
    }

    private static void assertUnreadable(String body) {
        assertThatExceptionOfType(UnreadableEventException.class).isThrownBy(() -> EventParser.parse(body));
    }

    private static AwsEvent recorded(String name) {
        return EventParser.parse(TestingEvents.body(name));
    }
}
