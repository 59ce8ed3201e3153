package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.ErrorKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    /** From the one that wins over all others to the one that wins over none. */
    private static final List<ErrorKind> ORDER = List.of(
            ErrorKind.TEMPORARY,
            ErrorKind.INTERNAL,
            ErrorKind.ACCESS_DENIED,
            ErrorKind.REFUSED,
            ErrorKind.SOURCE_NOT_FOUND,
            ErrorKind.INVALID_IMAGE);

    @ParameterizedTest
    @CsvSource({
        "TEMPORARY, 69",
        "ACCESS_DENIED, 77",
        "NOT_FOUND, 73",
        "SOURCE_NOT_FOUND, 66",
        "SOURCE_REFUSED, 66",
        "INCOMPLETE_SOURCE, 65",
        "REPOSITORY_NOT_FOUND, 73",
        "IMMUTABLE_TAG, 73",
        "REFUSED, 73",
        "INVALID_IMAGE, 65",
        "INTERNAL, 70"
    })
    void saysWhyADestinationFailed(ErrorKind kind, int code) {
        assertThat(ExitCode.of(report(kind))).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void neverCallsAFailureSuccess(ErrorKind kind) {
        CopyReport report = report(null, kind, null);

        assertThat(report.isComplete()).isFalse();
        assertThat(ExitCode.of(report)).isGreaterThanOrEqualTo(64);
    }

    @Test
    void isZeroWhenNoDestinationFailed() {
        assertThat(ExitCode.of(report(null, null))).isZero();
    }

    @Test
    void followsThePrecedenceInWhateverOrderDestinationsFailed() {
        for (int first = 0; first < ORDER.size(); first++) {
            List<ErrorKind> rest = new ArrayList<>(ORDER.subList(first, ORDER.size()));
            int expected = ExitCode.of(rest.get(0));
            assertThat(ExitCode.of(report(rest.toArray(ErrorKind[]::new)))).isEqualTo(expected);
            Collections.reverse(rest);
            assertThat(ExitCode.of(report(rest.toArray(ErrorKind[]::new)))).isEqualTo(expected);
        }
    }

    private static CopyReport report(ErrorKind... kinds) {
        List<DestinationReport> destinations =
                Stream.of(kinds).map(ExitCodeTest::destination).toList();
        return new CopyReport(ImageReference.parse("golang:1"), null, 0, 0, destinations);
    }

    private static DestinationReport destination(ErrorKind kind) {
        return new DestinationReport(
                ImageReference.parse("registry.example.com/golang:1"),
                kind == null ? Outcome.COPIED : Outcome.FAILED,
                null,
                new DestinationReport.Transfer(0, 0, 0, 0),
                kind == null ? null : new DestinationReport.Failure(kind, "on purpose", null));
    }
}
