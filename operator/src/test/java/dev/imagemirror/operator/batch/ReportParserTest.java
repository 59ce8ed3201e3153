package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.JobReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportParserTest {
    private static final String GOOD = "{\"destination\":\"b.example.com/x:1\",\"outcome\":\"copied\",\"bytes\":5}";

    @Test
    void readsEveryFieldOfEachDestination() {
        String failed = "{\"destination\":\"ghcr.io/team/x:1\",\"outcome\":\"failed\",\"bytes\":2,\"requests\":2,"
                + "\"reason\":\"AccessDenied\",\"error\":\"log in first\",\"throttledBy\":\"ghcr.io\"}";
        assertThat(destinations(GOOD + "," + failed).orElseThrow().destinations())
                .containsExactly(
                        new JobReport.Outcome(ImageReference.parse("b.example.com/x:1"), "copied", 5, null, null, null),
                        new JobReport.Outcome(
                                ImageReference.parse("ghcr.io/team/x:1"),
                                "failed",
                                2,
                                "AccessDenied",
                                "log in first",
                                "ghcr.io"));
    }

    @Test
    void fieldsOfLaterVersionsAndTextAfterwardsDoNotMatter() {
        String text = "MIRROR-REPORT {\"version\":9,\"new\":[{}],\"destinations\":[" + GOOD + "]}\nmore text }";
        assertThat(ReportParser.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "[]",
                "{}",
                "{\"outcome\":\"copied\"}",
                "{\"destination\":7,\"outcome\":\"copied\"}",
                "{\"destination\":\"b.example.com/x\",\"outcome\":\"copied\"}",
                "{\"destination\":\"::::\",\"outcome\":\"copied\"}",
                "{\"destination\":\"b.example.com/x:2\",\"outcome\":\"wonderful\"}",
                "{\"destination\":\"b.example.com/x:2\",\"outcome\":{}}",
                "{\"destination\":\"b.example.com/x:2\",\"outcome\":\"planned\"}"
            })
    void skipsAnInvalidDestination(String odd) {
        assertThat(destinations(odd + "," + GOOD).orElseThrow().destinations()).hasSize(1);
        assertThat(destinations(odd)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "\"many\"", "null", "{}", "1e400", "123456789012345678901234567890"})
    void invalidByteCountsAreUnknown(String bytes) {
        String odd = "{\"destination\":\"b.example.com/x:1\",\"outcome\":\"copied\",\"bytes\":" + bytes + "}";
        assertThat(destinations(odd).orElseThrow().destinations().get(0).bytes())
                .isZero();
    }

    @Test
    void longErrorsAreCut() {
        String odd = "{\"destination\":\"b.example.com/x:1\",\"outcome\":\"failed\",\"error\":\"" + "x".repeat(100_000)
                + "\",\"reason\":[]}";
        JobReport.Outcome outcome =
                destinations(odd).orElseThrow().destinations().get(0);
        assertThat(outcome.error()).hasSize(1024);
        assertThat(outcome.reason()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MIRROR-REPORT",
                "MIRROR-REPORT ",
                "MIRROR-REPORT null",
                "MIRROR-REPORT 5",
                "MIRROR-REPORT []",
                "MIRROR-REPORT {",
                "MIRROR-REPORT {\"destinations\":7}",
                "MIRROR-REPORT {\"destinations\":[",
                "MIRROR-REPORT {\"destinations\":[\u0000\uffff]}",
                "{\"destinations\":[]}"
            })
    void ignoresTextThatIsNotAReport(String text) {
        assertThat(ReportParser.parse(text)).isEmpty();
    }

    @Test
    void toleratesDeepAndLongInput() {
        assertThat(ReportParser.parse("MIRROR-REPORT " + "[".repeat(200_000))).isEmpty();
        assertThat(ReportParser.parse("MIRROR-REPORT " + "{\"a\":".repeat(200_000)))
                .isEmpty();
        assertThat(ReportParser.parse("MIRROR-REPORT " + "9".repeat(200_000))).isEmpty();
    }

    private static Optional<JobReport> destinations(String json) {
        return ReportParser.parse("MIRROR-REPORT {\"version\":1,\"destinations\":[" + json + "]}");
    }
}
