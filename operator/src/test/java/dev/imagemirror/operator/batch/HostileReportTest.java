package dev.imagemirror.operator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Report lines as a log may hold them that others can write to. */
class HostileReportTest {
    @Provide
    Arbitrary<String> reports() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"destinations\":[",
                        "\"destination\":\"a.io/b:1\"",
                        "\"outcome\":\"copied\"",
                        "\"bytes\":",
                        "1e999",
                        "-1",
                        "99999999999999999999",
                        "null",
                        "\"reason\":{}",
                        "\"\\u0000\"")
                .list()
                .ofMaxSize(16)
                .map(list -> ReportParser.PREFIX + String.join("", list));
    }

    @Property
    void readsTheValidPartsOfAReport(@ForAll("reports") String line) {
        ReportParser.parse(line)
                .ifPresent(report -> assertThat(report.destinations())
                        .isNotEmpty()
                        .allSatisfy(outcome -> {
                            assertThat(outcome.destination().tag()).isNotNull();
                            assertThat(outcome.bytes()).isNotNegative();
                        }));
    }

    @Property
    void anyTextIsRead(@ForAll String text) {
        assertThat(ReportParser.parse(ReportParser.PREFIX + text)).isNotNull();
    }
}
