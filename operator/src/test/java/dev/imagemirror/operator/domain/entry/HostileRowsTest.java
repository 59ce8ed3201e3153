package dev.imagemirror.operator.domain.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.text.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows as anybody may write them: an entry, or problems by name; never an exception, and never a long search. */
class HostileRowsTest {
    private static final int LONG = 100_000;

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "docker.io/library/golang:1", "golang", "host:5000/a@sha256:" + "a".repeat(64), "#", "a#b"),
                texts());
    }

    @Provide
    Arbitrary<Map<String, Object>> attributes() {
        return Arbitraries.maps(Arbitraries.of(RowAttributes.NAMES), values()).ofMaxSize(9);
    }

    @Provide
    Arbitrary<String> patterns() {
        return pieces("*", "?", "a", "b", ".", "1", "[", "\\", "**");
    }

    @Provide
    Arbitrary<String> ranges() {
        return pieces(
                "^",
                "~",
                ">=",
                "<",
                "=",
                "1",
                "1.2",
                "1.2.3",
                "x",
                "*",
                " ",
                "||",
                ",",
                "-",
                " - ",
                "v",
                "rc.1",
                "99999999");
    }

    @Provide
    Arbitrary<String> tags() {
        return pieces("v", "1", "0", "20", ".", "-", "rc", "alpine", "+", "_", "99999999999999999999");
    }

    @Property
    void aRowIsAnEntryOrItsProblemsAreNamed(
            @ForAll("keys") String key, @ForAll("attributes") Map<String, Object> attributes) {
        if (key.isEmpty()) {
            return;
        }
        ParsedEntry parsed = EntryParser.parse(new MirrorRow(new EntryKey(key), attributes));

        if (parsed instanceof ParsedEntry.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty();
            assertThat(invalid.message()).isNotBlank();
        } else {
            assertThat(((ParsedEntry.Valid) parsed).entry().destinations()).isNotEmpty();
        }
    }

    @Property
    void aPatternSelectsWhatTheLikeRegularExpressionDoes(
            @ForAll("patterns") String pattern, @ForAll("patterns") String text) {
        StringBuilder regex = new StringBuilder();
        pattern.chars()
                .forEach(c -> regex.append(
                        c == '*' ? ".*" : c == '?' ? "." : java.util.regex.Pattern.quote(String.valueOf((char) c))));

        assertThat(new Glob(pattern).matches(text)).isEqualTo(text.matches(regex.toString()));
    }

    @Property
    void aRangeIsUnderstoodOrRefused(@ForAll("ranges") String range, @ForAll("tags") String tag) {
        TagVersion version = TagVersion.parse(tag);
        try {
            VersionRange parsed = VersionRange.parse(range);
            if (version != null) {
                assertThatCode(() -> parsed.contains(version)).doesNotThrowAnyException();
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("is not a version range");
        }
    }

    @Property
    void theNaturalOrderIsAnOrder(@ForAll("tags") String a, @ForAll("tags") String b, @ForAll("tags") String c) {
        int ab = NaturalOrder.OF_TAGS.compare(a, b);

        assertThat(Integer.signum(ab)).isEqualTo(-Integer.signum(NaturalOrder.OF_TAGS.compare(b, a)));
        assertThat(ab == 0).isEqualTo(a.equals(b));
        if (ab <= 0 && NaturalOrder.OF_TAGS.compare(b, c) <= 0) {
            assertThat(NaturalOrder.OF_TAGS.compare(a, c)).isNotPositive();
        }
    }

    @Property
    void aDurationIsReadOrRefused(@ForAll("tags") String number, @ForAll("patterns") String unit) {
        for (String text : List.of(number + unit, number + "h", number + "s")) {
            try {
                assertThat(Span.parse(text)).as(text).isGreaterThanOrEqualTo(Duration.ZERO);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessage("no duration");
            }
        }
    }

    @Test
    @Timeout(60)
    void longPatternsAndRangesAreEvaluatedInReasonableTime() {
        String text = "a".repeat(128);
        assertThat(new Glob("*a".repeat(LONG / 10) + "b").matches(text)).isFalse();
        assertThat(new Glob("*a".repeat(60) + "*b").matches("a".repeat(LONG))).isFalse();
        for (String piece : List.of("1.", "1 ", "||", "^1 ", "-a.", "1.x || ", " ", "1 - ")) {
            String range = piece.repeat(256 / piece.length());
            assertThatCode(() -> {
                        try {
                            VersionRange.parse(range);
                        } catch (IllegalArgumentException e) {
                            assertThat(e).hasMessageContaining("range");
                        }
                    })
                    .doesNotThrowAnyException();
        }
        for (String piece : List.of("1", "1.", "-", "1-a.", "v")) {
            TagVersion.parse(piece.repeat(128 / piece.length()));
        }
    }

    @Test
    @Timeout(60)
    void manyTagsAreSelectedAtOnce() {
        List<String> tags =
                IntStream.range(0, LONG).mapToObj(i -> "1." + i + "-rc." + i).toList();

        List<String> selected = new TagSelection(List.of("*1*1*"), List.of("*9*"), ">=1.0.0-0", 5).select(tags);

        assertThat(selected).hasSizeLessThanOrEqualTo(5);
    }

    private static Arbitrary<Object> values() {
        Arbitrary<Object> plain = Arbitraries.oneOf(
                texts().map(Object.class::cast),
                Arbitraries.of(
                        true,
                        false,
                        BigDecimal.ONE,
                        new BigDecimal("-1"),
                        new BigDecimal("1E+125"),
                        new BigDecimal("1E-130"),
                        new BigDecimal("1.5"),
                        "15m",
                        "x.example.com/a:1,y.example.com/b",
                        new byte[] {1}),
                Arbitraries.of(Set.of("a.io/b:1"), Set.of("", "a.io/b")));
        return Arbitraries.lazyOf(
                () -> plain, () -> plain.list().ofMaxSize(3).map(Object.class::cast), HostileRowsTest::maps);
    }

    private static Arbitrary<Object> maps() {
        Arbitrary<String> names = Arbitraries.of("Include", "Exclude", "Semver", "Latest", "x");
        Arbitrary<Object> values = Arbitraries.of(
                "*", "", List.of("*"), List.of(1), BigDecimal.TEN, new BigDecimal("1E+125"), "^1", List.of(), Map.of());
        return Arbitraries.maps(names, values).ofMaxSize(4).map(Object.class::cast);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                pieces("a", "/", ":", "1", ",", " ", "h", "-", "9999999999", "@", "#"));
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(12).map(list -> String.join("", list));
    }
}
