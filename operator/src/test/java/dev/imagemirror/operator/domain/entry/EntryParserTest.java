package dev.imagemirror.operator.domain.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryParserTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void aRowWithEverythingBecomesAnEntry() {
        MirrorEntry entry = valid(
                "ghcr.io/a/b#east/team/policy",
                Map.of(
                        "Destination", "r.example.com/a",
                        "Expires", new BigDecimal("1893456000"),
                        "Tags",
                                Map.of(
                                        "Include",
                                        List.of("1.*"),
                                        "Exclude",
                                        Set.of("*-rc"),
                                        "Semver",
                                        "^1.2",
                                        "Latest",
                                        new BigDecimal("3")),
                        "Interval", "15m",
                        "MinAge", "24h",
                        "Suspend", true,
                        "Referrers", true,
                        "ManagedBy", "east/team/policy",
                        "Revision", "abc"));

        assertThat(entry)
                .isEqualTo(new MirrorEntry(
                        new EntryKey("ghcr.io/a/b#east/team/policy"),
                        ImageReference.parse("ghcr.io/a/b"),
                        destination("r.example.com/a")
                                .with(RowAttributes.TAGS, new TagSelection(List.of("1.*"), List.of("*-rc"), "^1.2", 3))
                                .with(RowAttributes.INTERVAL, Duration.ofMinutes(15))
                                .with(RowAttributes.MIN_AGE, Duration.ofHours(24))
                                .with(RowAttributes.EXPIRES, Instant.ofEpochSecond(1_893_456_000))
                                .with(RowAttributes.SUSPEND, true)
                                .with(RowAttributes.REFERRERS, true)
                                .with(RowAttributes.MANAGED_BY, "east/team/policy")
                                .with(RowAttributes.REVISION, "abc")));
        assertThat(entry.options().values()).containsOnlyKeys(RowAttributes.ALL);
    }

    @Test
    void absentAttributesHaveDefaults() {
        MirrorEntry entry = valid("golang", Map.of("Destination", "r.example.com/golang"));

        assertThat(entry.source()).hasToString("docker.io/library/golang:latest");
        assertThat(entry.options()).isEqualTo(destination("r.example.com/golang"));
        assertThat(entry.tags()).isNull();
        assertThat(entry.pairs(null))
                .extracting(pair -> pair.destination().toString())
                .containsExactly("r.example.com/golang:latest");
    }

    @Test
    void destinationsAreAStringOneWithCommasASetOrAList() {
        for (Object value : List.of(
                "b.io/x, c.io/y:2",
                " b.io/x,,c.io/y:2,",
                Set.of("c.io/y:2", "b.io/x"),
                List.of("b.io/x", "c.io/y:2"),
                List.of("b.io/x,c.io/y:2"))) {
            assertThat(valid("golang:1", Map.of("Destination", value)).destinations())
                    .as("%s", value)
                    .extracting(ImageReference::toString)
                    .containsExactly("b.io/x", "c.io/y:2");
        }
        assertThat(valid("golang:1", Map.of("Destination", "b.io/x")).destinations())
                .hasSize(1);
    }

    @Test
    void equalDestinationsCountOnceHoweverTheyAreSpelt() {
        String ecr = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/x";
        String fips = "123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/x";
        MirrorEntry entry = valid(
                "golang:1",
                Map.of("Destination", List.of("B.io:443/x", "b.io/x", "b.io/x:1", ecr, fips + ":1", "b.io/x:2")));

        assertThat(entry.destinations())
                .extracting(ImageReference::toString)
                .containsExactly("b.io/x", ecr, "b.io/x:2");
    }

    @Test
    void anotherTagOfTheSourcesRepositoryIsAGoodDestination() {
        assertThat(valid("golang:1", Map.of("Destination", "golang:stable")).destinations())
                .hasSize(1);
        assertThat(valid("golang@" + DIGEST, Map.of("Destination", "golang:stable"))
                        .destinations())
                .hasSize(1);
    }

    @Test
    void aSourceByDigestAloneNeedsTaggedDestinations() {
        assertThat(problems("golang@" + DIGEST, Map.of("Destination", "b.io/x, b.io/y:1")))
                .extracting(Problem::toString)
                .containsExactly(
                        "Destination: 'b.io/x' has no tag, and the source has only a digest; write b.io/x:TAG");
        assertThat(valid("golang:1@" + DIGEST, Map.of("Destination", "b.io/x")).pairs(null))
                .extracting(pair -> pair.destination().toString())
                .containsExactly("b.io/x:1");
    }

    @Test
    void aDestinationMayHaveNoDigest() {
        assertThat(problems("golang:1", Map.of("Destination", "b.io/x:1@" + DIGEST)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault()).contains("has a digest"));
    }

    @Test
    void withTagsNeitherSideMayHaveATag() {
        Map<String, Object> row = Map.of("Tags", Map.of(), "Destination", "b.io/x:2,b.io/y");

        assertThat(problems("golang:1", row))
                .extracting(Problem::toString)
                .containsExactly(
                        "Source: 'golang:1' has a tag, but Tags selects many tags; write docker.io/library/golang, or"
                                + " remove Tags",
                        "Destination: 'b.io/x:2' has a tag, but Tags selects many; write b.io/x");
        assertThat(problems("golang@" + DIGEST, row))
                .first()
                .satisfies(problem -> assertThat(problem.fault()).contains("has a digest, but Tags"));
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        Map<String, Object> row = new HashMap<>();
        row.put("Destination", "b.io/X,https://c.io/y");
        row.put("Expires", "tomorrow");
        row.put("Tags", Map.of("Include", "1.*", "Semver", "newest", "Latest", new BigDecimal("0"), "exclude", "x"));
        row.put("Interval", new BigDecimal("900"));
        row.put("MinAge", "1 day");
        row.put("Suspend", "true");
        row.put("Referrers", new BigDecimal("1"));
        row.put("ManagedBy", List.of());
        row.put("Revision", null);

        assertThat(problems("Golang:1#", row))
                .extracting(Problem::attribute)
                .containsExactly(
                        "Source",
                        "Source",
                        "Destination",
                        "Destination",
                        "Tags.exclude",
                        "Tags.Include",
                        "Tags.Semver",
                        "Tags.Latest",
                        "Interval",
                        "MinAge",
                        "Expires",
                        "Suspend",
                        "Referrers",
                        "ManagedBy",
                        "Revision");
    }

    @Test
    void aWrongTypeIsNamedWithWhatToWriteInstead() {
        assertThat(fault("Interval", new BigDecimal("900")))
                .isEqualTo("is a number (N); write a whole number with s, m, h or d, such as 15m");
        assertThat(fault("Suspend", "true")).isEqualTo("is a string (S); write true or false as a boolean (BOOL)");
        assertThat(fault("Revision", null)).startsWith("is null (NULL); write ");
        assertThat(fault("ManagedBy", List.of())).startsWith("is a list (L); write ");
        assertThat(fault("Expires", "1893456000")).startsWith("is a string (S); write a whole number (N)");
        assertThat(fault("Tags", Set.of("1.*"))).startsWith("is a set (SS); write a map (M)");
        assertThat(fault("Destination", true)).startsWith("is a boolean (BOOL); write one or more image references");
        assertThat(fault("Destination", Map.of())).startsWith("is a map (M); write one or more");
        assertThat(fault("Destination", new byte[3])).startsWith("is of an unsupported type; write");
        assertThat(fault("Destination", List.of(BigDecimal.ONE)))
                .startsWith("contains an element that is a number (N)");
    }

    @Test
    void noDestinationIsAProblem() {
        assertThat(problems("golang", Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("Destination: is missing; write one or more image references"));
        for (Object empty : List.of("", " , ", List.of(), Set.of(), List.of(""))) {
            assertThat(fault("Destination", empty)).startsWith("is empty; write");
        }
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false", "2000, false"})
    void aRowHasAtMost200Destinations(int count, boolean fine) {
        List<String> many =
                IntStream.range(0, count).mapToObj(i -> "b.io/x" + i).toList();
        ParsedEntry parsed = parse("golang", Map.of("Destination", many));

        assertThat(parsed instanceof ParsedEntry.Valid).isEqualTo(fine);
        if (parsed instanceof ParsedEntry.Invalid invalid) {
            assertThat(invalid.message()).startsWith("Destination: has " + count + " references; write at most 200");
            assertThat(invalid.problems()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Destination", "Interval", "MinAge", "ManagedBy", "Revision"})
    void a400KilobyteValueIsNotEchoed(String attribute) {
        for (String garbage : List.of("x".repeat(400_000), "'/:".repeat(133_000), "a/".repeat(300) + "A")) {
            String fault = fault(attribute, garbage);

            assertThat(fault).hasSizeLessThan(600).doesNotContain(garbage.substring(0, 110));
        }
    }

    @Test
    void longPartsOfAReferenceAreNotEchoedEither() {
        String fault = fault("Destination", "b.io/" + "X".repeat(300));

        assertThat(fault).doesNotContain("X".repeat(101)).contains("use lower-case letters");
        assertThat(problems("A".repeat(2_000), Map.of("Destination", "b.io/x"))
                        .get(0)
                        .fault())
                .hasSizeLessThan(600)
                .contains("2000 characters long");
    }

    @Test
    void manyBadDestinationsMakeABoundedStatus() {
        List<String> many = IntStream.range(0, 200).mapToObj(i -> "b.io/X" + i).toList();

        assertThat(problems("golang", Map.of("Destination", many)))
                .hasSize(51)
                .last()
                .satisfies(problem -> assertThat(problem.fault()).isEqualTo("has 150 more problems of this kind"));
    }

    @ParameterizedTest
    @CsvSource({"10s, PT10S", "90s, PT90S", "15m, PT15M", "4h, PT4H", "7d, PT168H", "168h, PT168H"})
    void intervalsAreWholeNumbersWithAUnit(String text, Duration interval) {
        assertThat(valid("golang", Map.of("Destination", "b.io/x", "Interval", text))
                        .options()
                        .find(RowAttributes.INTERVAL))
                .hasValue(interval);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "15", "m", "1.5h", "-5m", "15M", "15 m", "1h30m", "PT15M", "15m\n", "60000ms", "99999999999s"
            })
    void otherTextsAreNoDuration(String text) {
        assertThat(fault("Interval", text)).contains("is not a duration; write a whole number with s, m, h or d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "9s", "8d", "999999999d"})
    void anIntervalHasLimits(String text) {
        assertThat(fault("Interval", text)).isEqualTo("'" + text + "' is out of range; write 10s to 7d");
    }

    @Test
    void aMinimumAgeMayBeNone() {
        assertThat(valid("golang", Map.of("Destination", "b.io/x", "MinAge", "0s"))
                        .options()
                        .minAge())
                .isZero();
        assertThat(fault("MinAge", "366d")).isEqualTo("'366d' is out of range; write 0s to 365d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1893456000000", "1E+125", "1E-125"})
    void expiryIsInWholePositiveEpochSeconds(String number) {
        assertThat(fault("Expires", new BigDecimal(number)))
                .startsWith(new BigDecimal(number) + " is not a whole number (N) of seconds since 1970");
    }

    @Test
    void aPastExpiryIsNoProblem() {
        assertThat(valid("golang", Map.of("Destination", "b.io/x", "Expires", new BigDecimal("1.0E+1")))
                        .options()
                        .find(RowAttributes.EXPIRES))
                .hasValue(Instant.ofEpochSecond(10));
    }

    @Test
    void rejectsGlobsWithCharactersInvalidInTags() {
        assertThat(fault("Tags", Map.of("Include", List.of("^1\\.2$")))).startsWith("'^1\\.2$' matches no tag; write");
        assertThat(fault("Tags", Map.of("Exclude", List.of(true))))
                .startsWith("contains an element that is a boolean (BOOL)");
        assertThat(fault("Tags", Map.of("Include", Collections.nCopies(101, "a"))))
                .isEqualTo("has 101 globs; write at most 100");
    }

    private static String fault(String attribute, Object value) {
        Map<String, Object> row = new HashMap<>(Map.of("Destination", "b.io/x"));
        row.put(attribute, value);
        List<Problem> problems = problems("golang", row);
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.attribute()).startsWith(attribute));
        return problems.get(0).fault();
    }

    private static MirrorEntry valid(String key, Map<String, Object> attributes) {
        ParsedEntry parsed = parse(key, attributes);
        assertThat(parsed).isInstanceOf(ParsedEntry.Valid.class);
        return ((ParsedEntry.Valid) parsed).entry();
    }

    private static List<Problem> problems(String key, Map<String, Object> attributes) {
        ParsedEntry parsed = parse(key, attributes);
        assertThat(parsed).isInstanceOf(ParsedEntry.Invalid.class);
        return ((ParsedEntry.Invalid) parsed).problems();
    }

    private static EntryOptions destination(String reference) {
        return EntryOptions.DEFAULT.with(RowAttributes.DESTINATION, List.of(ImageReference.parse(reference)));
    }

    private static ParsedEntry parse(String key, Map<String, Object> attributes) {
        return EntryParser.parse(new MirrorRow(new EntryKey(key), attributes));
    }
}
