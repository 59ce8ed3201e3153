package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.operator.port.PortException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLogTest {
    private static final String STREAM = "MirrorJob/default/0123";

    private final TestingLogsClient logs = new TestingLogsClient();
    private final JobLog log = new JobLog(logs, TestingLogsClient.GROUP);

    @Test
    void lastReportCounts() {
        logs.put(STREAM, report("failed"), "a retry", report("copied"), "the end");
        assertThat(outcome()).contains("copied");
        assertThat(logs.requests()).hasSize(1);
    }

    @Test
    void pagesBackwardsFromTheEndUntilTheReportIsFound() {
        logs.pageSize(10);
        logs.put(STREAM, lines(1000));
        logs.put(STREAM, report("copied"));
        logs.put(STREAM, lines(25));
        assertThat(outcome()).contains("copied");
        assertThat(logs.requests()).hasSize(3);
    }

    @Test
    void emptyPageIsNotTheBeginning() {
        logs.firstPageEmpty();
        logs.put(STREAM, report("copied"));
        assertThat(outcome()).contains("copied");
    }

    @Test
    void stopsAtTheBeginning() {
        logs.pageSize(10);
        logs.put(STREAM, lines(25));
        assertThat(outcome()).isEmpty();
        assertThat(logs.requests()).hasSize(4);
    }

    @Test
    void doesNotReadOnForEver() {
        logs.pageSize(10);
        logs.put(STREAM, lines(10_000));
        assertThat(outcome()).isEmpty();
        assertThat(logs.requests()).hasSize(20);
    }

    @Test
    void groupThatDoesNotExistIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> new JobLog(logs, "/no/such").report(STREAM))
                .isInstanceOf(PortException.class)
                .hasMessageContaining("log group not found: /no/such")
                .hasMessageContaining("jobs.logGroup");
    }

    @Test
    void streamThatDoesNotExistHasNoReport() {
        assertThat(outcome()).isEmpty();
    }

    @Test
    void lineThatTheLogDriverCutIsPutTogether() {
        String report = report("copied");
        logs.pageSize(2);
        logs.put(STREAM, report.substring(0, 40), report.substring(40, 70), report.substring(70), "the end");
        assertThat(outcome()).contains("copied");
    }

    @Test
    void wordsInTheMiddleOfALineAreNoReport() {
        logs.put(STREAM, "says " + report("copied"));
        assertThat(outcome()).isEmpty();
    }

    private Optional<String> outcome() {
        return log.report(STREAM).map(report -> report.destinations().get(0)).map(JobReport.Outcome::outcome);
    }

    private static String report(String outcome) {
        return "MIRROR-REPORT {\"version\":1,\"destinations\":[{\"destination\":\"b.example.com/x:1\",\"outcome\":\""
                + outcome + "\",\"bytes\":1}]}";
    }

    private static String[] lines(int count) {
        return IntStream.range(0, count).mapToObj(number -> "line " + number).toArray(String[]::new);
    }
}
