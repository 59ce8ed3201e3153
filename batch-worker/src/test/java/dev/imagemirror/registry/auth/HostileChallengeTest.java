package dev.imagemirror.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.HostileHeaders;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry may write as its challenge: read as far as it makes sense, and never an exception. */
class HostileChallengeTest {
    private static final int LONG = 1_000_000;

    @Provide
    Arbitrary<String> challenges() {
        return HostileHeaders.of(
                "Bearer", "Basic", "realm", "=", "\"", "\\", ",", " ", "\t", "https://a.example/t", "scope", "é");
    }

    @Property
    void challengesAreReadOrPassedOver(@ForAll("challenges") String header) {
        assertThat(Challenge.parse(header)).allSatisfy(challenge -> {
            assertThat(challenge.scheme()).isNotEmpty().isLowerCase();
            assertThat(challenge.parameters()).doesNotContainKey("");
        });
    }

    @Property
    void anyTextIsRead(@ForAll String header) {
        assertThat(Challenge.parse(header)).isNotNull();
    }

    @Test
    @Timeout(60)
    void parsingTimeIsLinearInHeaderLength() {
        assertThat(Challenge.parse("a=\"".repeat(LONG / 3))).isNotNull();
        assertThat(Challenge.parse("Bearer " + "\\\"".repeat(LONG / 2))).isNotNull();
    }
}
