package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.copy.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of logs, and whom alarms call. */
class AlarmsTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";
    private static final String REPORT = "MIRROR-REPORT {\"version\":1,\"destinations\":[{\"outcome\":\"%s\"}]}";

    /** A term of a filter, which is quoted ("Filter pattern syntax", Amazon CloudWatch Logs User Guide). */
    private static final Pattern TERM = Pattern.compile("([?]?)\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Template template = Template.read("environment.yaml");

    @ParameterizedTest
    @CsvSource({"FAILED, true", "COPIED, false"})
    void aCopyThatFailedIsCounted(Outcome outcome, boolean isCounted) {
        assertThat(counts("FailedCopies", REPORT.formatted(outcome.word()))).isEqualTo(isCounted);
        assertThat(counts("FailedCopies", "{\"outcome\":\"failed\"}"))
                .as("of a report only")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ERROR, true", "WARN, true", "INFO, false"})
    void theOperatorsWarningsAreCountedAsItWritesThem(String level, boolean isCounted) throws IOException {
        assertThat(counts("OperatorErrors", line(Level.valueOf(level)))).isEqualTo(isCounted);
    }

    /** Whether the line has all terms, or any of those with a question mark. */
    private boolean counts(String filter, String line) {
        Stack stack = template.stack(Map.of());
        String pattern = stack.properties(filter).path("FilterPattern").asText();
        List<Matcher> terms = TERM.matcher(pattern)
                .results()
                .map(match -> TERM.matcher(match.group()))
                .toList();
        assertThat(terms).isNotEmpty().allMatch(Matcher::matches);
        List<Boolean> found = terms.stream()
                .map(term -> line.contains(term.group(2).replaceAll("\\\\(.)", "$1")))
                .toList();
        return terms.get(0).group(1).isEmpty() ? !found.contains(false) : found.contains(true);
    }

    /** By the pattern that the operator's logs have unless somebody says otherwise, which no stack does. */
    private static String line(Level level) throws IOException {
        String settings = Files.readString(Path.of("src", "main", "resources", "logback.xml"));
        Matcher pattern = Pattern.compile("<pattern>(.*)</pattern>").matcher(settings);
        assertThat(pattern.find()).isTrue();
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern.group(1));
        layout.start();
        LoggingEvent event =
                new LoggingEvent("caller", context.getLogger("dev.imagemirror.Some"), level, "words", null, null);
        event.setMDCPropertyMap(Map.of());
        return layout.doLayout(event);
    }

    @Test
    void alarmsNotifyTheConfiguredTopicOnly() {
        for (String mode : List.of("Service", "Scheduled", "Events")) {
            Stack quiet = template.stack(Map.of("OperatorMode", mode));
            Stack loud = template.stack(Map.of("OperatorMode", mode, "AlarmTopicArn", TOPIC));
            loud.resources().forEach((name, resource) -> {
                if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                    assertThat(resource.at("/Properties/AlarmActions"))
                            .as(name)
                            .extracting(JsonNode::asText)
                            .containsExactly(TOPIC);
                    assertThat(quiet.properties(name).has("AlarmActions")).isFalse();
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"FailedCopiesAlarm, FailedCopies, MirrorLogs", "OperatorErrorsAlarm, OperatorErrors, OperatorLogs"})
    void logAlarmsUseTheMetricsOfTheirFilters(String alarm, String filter, String group) {
        Stack stack = template.stack(Map.of());
        JsonNode counted = stack.properties(filter).at("/MetricTransformations/0");
        assertThat(stack.properties(filter).path("LogGroupName").asText()).isEqualTo(group);
        assertThat(stack.properties(alarm).path("Namespace")).isEqualTo(counted.path("MetricNamespace"));
        assertThat(stack.properties(alarm).path("MetricName")).isEqualTo(counted.path("MetricName"));
    }
}
