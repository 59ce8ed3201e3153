package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry may write into headers: read as far as it makes sense, and never an exception. */
class HostileHeadersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final URI CURRENT = URI.create("https://r.example.com/v2/a/tags/list?n=100");
    private static final int LONG = 1_000_000;

    @Provide
    Arbitrary<String> challenges() {
        return pieces("Bearer", "Basic", "realm", "=", "\"", "\\", ",", " ", "\t", "https://a.example/t", "scope", "é");
    }

    @Provide
    Arbitrary<String> links() {
        return pieces(
                "<", ">", ";", " ", "rel=\"next\"", "rel=next", "/v2/a/tags/list", "?n=1&last=", "//evil/", "%", "é");
    }

    @Provide
    Arbitrary<String> waits() {
        return pieces(
                "0", "9", "-", "+", ".", "e", " ", "Sun, 01 Mar 2026 12:00:30 GMT", "GMT", "99999999999999999999");
    }

    @Property
    void challengesAreReadOrPassedOver(@ForAll("challenges") String header) {
        assertThat(Challenge.parse(header)).allSatisfy(challenge -> {
            assertThat(challenge.scheme()).isNotEmpty().isLowerCase();
            assertThat(challenge.parameters()).doesNotContainKey("");
        });
    }

    @Property
    void linksStayAtTheirRegistryOrLeadNowhere(@ForAll("links") String header) {
        URI next = NextLink.read(CURRENT, header).page();

        if (next != null) {
            assertThat(next.getScheme()).isEqualTo("https");
            assertThat(next.getRawAuthority()).isEqualTo("r.example.com");
            assertThat(next).isNotEqualTo(CURRENT);
        }
    }

    @Property
    void waitsAreNeverNegative(@ForAll("waits") String header) {
        Duration wait = RetryAfter.parse(header, NOW);

        if (wait != null) {
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(wait.toMillis()).as("fits into a timer").isNotNegative();
        }
    }

    @Property
    void anyTextIsRead(@ForAll String header) {
        assertThat(Challenge.parse(header)).isNotNull();
        NextLink.read(CURRENT, header);
        RetryAfter.parse(header, NOW);
    }

    @Test
    @Timeout(60)
    void longHeadersTakeTimeThatGrowsNoFasterThanTheyDo() {
        assertThat(Challenge.parse("a=\"".repeat(LONG / 3))).isNotNull();
        assertThat(Challenge.parse("Bearer " + "\\\"".repeat(LONG / 2))).isNotNull();
        for (String piece : new String[] {"<", ">;", "<a>;", "<a>; a=\"", " ", ";", "<a>; rel=\"nex"}) {
            NextLink.read(CURRENT, piece.repeat(LONG / piece.length() / 10));
        }
        assertThat(RetryAfter.parse("9".repeat(LONG), NOW))
                .satisfiesAnyOf(wait -> assertThat(wait).isNull(), wait -> {
                    assertThat(wait).isPositive();
                });
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(24).map(list -> String.join("", list));
    }
}
