package dev.imagemirror.operator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Phase;
import dev.imagemirror.operator.domain.Reason;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    private static final EntryKey KEY = new EntryKey("docker.io/library/golang:1.17");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasASentenceAndANextAction(Reason reason) {
        Advice advice = Advice.of(reason, KEY);
        assertThat(advice.words()).matches("[A-Z].{15,}\\.").doesNotContain(reason.word());
        assertThat(advice.action()).matches("[A-Z].{15,}");
        assertThat(advice.action().split(" ", 2)[0])
                .as("what somebody has to do begins with the doing")
                .matches(
                        reason.phase() == Phase.BLOCKED
                                ? "Check|Correct|Grant|Make|Use|Create|Allow|Choose|Remove|Find|Push"
                                : ".+");
    }

    @Test
    void noTwoReasonsShareASentence() {
        Set<String> words = new HashSet<>();
        Set<String> actions = new HashSet<>();
        for (Reason reason : Reason.values()) {
            words.add(Advice.of(reason, KEY).words());
            actions.add(Advice.of(reason, KEY).action());
        }
        assertThat(words).hasSameSizeAs(Reason.values());
        assertThat(actions).hasSameSizeAs(Reason.values());
    }
}
