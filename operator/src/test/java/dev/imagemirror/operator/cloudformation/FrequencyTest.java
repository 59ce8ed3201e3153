package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code MirroringFrequency}: the words of stacks that were there before this one ({@code none}, {@code 1 hour},
 * {@code 28 days}), and EventBridge's own expressions.
 */
class FrequencyTest {
    private final Template template = Template.read("environment.yaml");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "1 hour",
                "4 hours",
                "12 hours",
                "1 day",
                "7 days",
                "14 days",
                "28 days",
                "",
                "1 minute",
                "30 minutes",
                "rate(1 hour)",
                "cron(0 3 * * ? *)"
            })
    void isTaken(String frequency) {
        assertThat(frequency).matches(pattern());
    }

    /** EventBridge refuses these, late and in other words. */
    @ParameterizedTest
    @ValueSource(strings = {"hourly", "1 hours", "2 day", "0 minutes", "01 days", "1hour", "rate()", "None", "1 hour "})
    void isRefused(String frequency) {
        assertThat(frequency).doesNotMatch(pattern());
    }

    @ParameterizedTest
    @CsvSource({
        "1 hour, rate(1 hour)",
        "7 days, rate(7 days)",
        "rate(5 minutes), rate(5 minutes)",
        "cron(0 3 * * ? *), cron(0 3 * * ? *)"
    })
    void isTheTimersExpression(String frequency, String expression) {
        assertThat(timer("Scheduled", frequency, "SweepSchedule")).isEqualTo(expression);
        assertThat(timer("Events", frequency, "FunctionSchedule")).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none"})
    void leavesOutTheTimerWhereThereIsNone(String frequency) {
        Stack scheduled = stack("Scheduled", frequency);
        assertThat(scheduled.resources())
                .containsKeys("SweepJob", "PushSchedule")
                .doesNotContainKeys("SweepSchedule", "SweepAlarm");
        assertThat(stack("Events", frequency).resources())
                .containsKeys("SweepFunction", "EventMapping")
                .doesNotContainKeys("FunctionSchedule", "FunctionPermission");
    }

    @Test
    void isOneHourByDefault() {
        JsonNode usual = template.parameters().path("MirroringFrequency").path("Default");
        assertThat(timer("Scheduled", usual.asText(), "SweepSchedule")).isEqualTo("rate(1 hour)");
    }

    @Test
    void doesNothingInModeService() {
        assertThat(stack("Service", "1 day").resources().keySet())
                .isEqualTo(stack("Service", "none").resources().keySet())
                .doesNotContain("SweepSchedule", "FunctionSchedule");
    }

    private String timer(String mode, String frequency, String rule) {
        return stack(mode, frequency)
                .properties(rule)
                .path("ScheduleExpression")
                .asText();
    }

    private Stack stack(String mode, String frequency) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("OperatorMode", mode);
        parameters.put("MirroringFrequency", frequency);
        return template.stack(parameters);
    }

    private String pattern() {
        return template.parameters()
                .path("MirroringFrequency")
                .path("AllowedPattern")
                .asText();
    }
}
