package dev.imagemirror.operator.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.testing.TestingEvents;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of messages that look like events and stream records and are wrong in some place: read, or refused in a short line. */
class HostileEventsTest {
    private static final int LONG = 200_000;
    private static final int MOST_DESTINATIONS = 30;

    @Provide
    Arbitrary<String> events() {
        Arbitrary<String> values = Arbitraries.of(
                "null",
                "true",
                "-1",
                "1e400",
                "\"\"",
                "\"aws.ecr\"",
                "\"aws.batch\"",
                "\"aws:dynamodb\"",
                "\"ECR Image Action\"",
                "\"Batch Job State Change\"",
                "\"123456789012\"",
                "\"eu-central-1\"",
                "\"../../x\\u0000\\n\"",
                "\"SUCCESS\"",
                "\"PUSH\"",
                "[]",
                "{}",
                "[[{}]]",
                "{\"Keys\":{\"Source\":{\"S\":\"golang:1\"}}}",
                "{\"Keys\":{\"Source\":{\"N\":\"1\"}}}",
                "{\"Keys\":{\"Source\":{\"S\":\"\"}}}",
                "{\"result\":\"SUCCESS\",\"action-type\":\"PUSH\",\"repository-name\":\"a/b\",\"image-tag\":\"1\"}",
                "{\"result\":\"SUCCESS\",\"action-type\":\"PUSH\",\"repository-name\":\"A b\",\"image-tag\":[]}",
                "{\"jobId\":\"j\",\"status\":\"FAILED\",\"parameters\":{\"dest\":\"a.io/b:1,,UPPER/c\"}}",
                "{\"jobId\":1,\"status\":null,\"parameters\":[]}");
        Arbitrary<String> names = Arbitraries.of(
                "source",
                "detail-type",
                "detail",
                "account",
                "region",
                "eventSource",
                "eventName",
                "dynamodb",
                "resources");
        return Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(9)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    /** Recorded bodies with a piece replaced. */
    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> bodies =
                Arbitraries.of("ecr-push", "batch-succeeded", "row-modified").map(TestingEvents::body);
        Arbitrary<String> pieces =
                Arbitraries.of("", "{", "}", "[", "\"", "\\", ":", "null", "\u0000", "9".repeat(400));
        return Combinators.combine(bodies, Arbitraries.integers().between(0, 10_000), pieces)
                .as((body, at, piece) -> {
                    int from = at % body.length();
                    return body.substring(0, from) + piece + body.substring(Math.min(body.length(), from + 2));
                });
    }

    @Property
    void anEventIsReadOrRefused(@ForAll("events") String body) {
        assertReadOrRefused(body);
    }

    @Property
    void aDamagedEventIsReadOrRefused(@ForAll("damaged") String body) {
        assertReadOrRefused(body);
    }

    @Property
    void anyTextIsAnEventOrRefused(@ForAll String body) {
        assertReadOrRefused(body);
    }

    @Test
    @Timeout(60)
    void deepAndLongBodiesAreReadOrRefused() {
        for (String piece : List.of("[", "{\"source\":", "{\"detail\":[", "9", "\"", " ", "{\"a\":1},")) {
            assertReadOrRefused(piece.repeat(LONG / piece.length()));
        }
        String keys = "k".repeat(LONG);
        assertReadOrRefused(
                "{\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{\"Keys\":{\"Source\":{\"S\":\"" + keys + "\"}}}}");
        assertReadOrRefused("{\"source\":\"" + keys + "\",\"detail-type\":\"" + keys + "\"}");
    }

    private static void assertReadOrRefused(String body) {
        try {
            AwsEvent event = EventParser.parse(body);
            if (event instanceof AwsEvent.JobChanged job) {
                assertThat(job.destinations()).hasSizeLessThanOrEqualTo(MOST_DESTINATIONS);
            }
            if (event instanceof AwsEvent.Irrelevant irrelevant) {
                assertShort(irrelevant.what());
            }
        } catch (UnreadableEventException e) {
            assertShort(e.getMessage());
        }
    }

    private static void assertShort(String words) {
        assertThat(words.chars()
                        .filter(Character::isISOControl)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining()))
                .isEmpty();
        assertThat(words).hasSizeLessThan(400);
    }
}
