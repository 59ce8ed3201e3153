package dev.imagemirror.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyReaderTest {
    private static final String HEAD = """
        apiVersion: imagemirror.dev/v1alpha1
        kind: MirrorPolicy
        metadata: {name: team}
        """;
    private static final String MIRROR = "{source: a/b, destinations: [c.example/b]}";

    @Test
    void readsWhatARowNeeds() throws PolicyException {
        List<Policy> policies = PolicyReader.read(HEAD
                + "spec: {suspend: true, interval: 4h, deletionPolicy: Orphan, mirrors: ["
                + "{source: 'a/b', destinations: [c.example/b, 'c.example/b:latest'], minAge: 1d, referrers: true}]}");
        assertThat(policies).hasSize(1);
        Policy policy = policies.get(0);
        assertThat(policy.name()).isEqualTo("team");
        assertThat(policy.manager()).isEqualTo("file/team");
        MirrorRow row = policy.rows().get(0);
        assertThat(row.key()).isEqualTo(new EntryKey("docker.io/a/b:latest#file/team"));
        assertThat(row.attributes())
                .containsAllEntriesOf(Map.of(
                        "Destination",
                        List.of("c.example/b"),
                        "Suspend",
                        true,
                        "Interval",
                        "4h",
                        "MinAge",
                        "1d",
                        "Referrers",
                        true,
                        "ManagedBy",
                        "file/team"))
                .containsOnlyKeys("Destination", "Suspend", "Interval", "MinAge", "Referrers", "ManagedBy", "Revision");
    }

    @Test
    void revisionIsThatOfTheMeaningNotOfTheSpelling() throws PolicyException {
        Object plain = revision("{source: a/b, destinations: [c.example/b]}");
        assertThat(revision("{destinations: ['c.example/b'], source: 'docker.io/a/b:latest', referrers: false,"
                        + " minAge: 0s}"))
                .isEqualTo(plain);
        assertThat(revision("{source: a/b, destinations: [c.example/b], referrers: true}"))
                .isNotEqualTo(plain);
        assertThat(revision("{source: a/b, destinations: [c.example/b], tags: {latest: 3.0, include: []}}"))
                .isEqualTo(revision("{source: a/b, destinations: [c.example/b], tags: {latest: 3}}"));
    }

    @Test
    void severalDocumentsAreSeveralPolicies() throws PolicyException {
        String spec = "spec: {mirrors: [" + MIRROR + "]}\n";
        List<Policy> policies = PolicyReader.read("---\n" + HEAD + spec + "---\n---\n" + HEAD.replace("team", "other")
                + spec.replace("c.example/b", "d.example/b"));
        assertThat(policies).extracting(Policy::name).containsExactly("team", "other");
    }

    @Test
    void everyErrorIsReportedAtOnce() {
        PolicyException error = catchThrowableOfType(
                PolicyException.class,
                () -> PolicyReader.read(HEAD
                        + "spec: {interval: often, mirrors: [{source: '!', destinations: []}, " + MIRROR + ", " + MIRROR
                        + "]}"));
        assertThat(error.errors())
                .hasSize(3)
                .anyMatch(text -> text.startsWith("team: spec.mirrors[0].source: invalid image reference '!'"))
                .anyMatch(text -> text.startsWith("team: spec.mirrors[0].destinations: is empty"))
                .anyMatch(text -> text.startsWith("team: spec.interval: 'often'"));
        assertThat(error).hasMessage(String.join("\n", error.errors()));
    }

    @Test
    void sourceThatStandsTwiceIsAnErrorHoweverItIsWritten() {
        assertError(
                HEAD + "spec: {mirrors: [" + MIRROR
                        + ", {source: 'docker.io/a/b:latest', destinations: [d.example/b]}]}",
                "team: spec.mirrors[1].source: docker.io/a/b:latest appears twice in this policy");
    }

    @Test
    void limitsAreThoseOfThePolicy() {
        String many = String.join(
                ",",
                IntStream.range(0, 251)
                        .mapToObj(i -> "{source: 'a/b" + i + "', destinations: [c.example/b]}")
                        .toList());
        assertError(HEAD + "spec: {mirrors: [" + many + "]}", "team: spec.mirrors: has 251 mirrors");
        String destinations = String.join(
                ",", IntStream.range(0, 21).mapToObj(i -> "c.example/b" + i).toList());
        assertError(
                HEAD + "spec: {mirrors: [{source: a/b, destinations: [" + destinations + "]}]}",
                "team: spec.mirrors[0].destinations: has more than 20 references");
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                error("", "no MirrorPolicy found"),
                error("a: [", "invalid YAML at line 1, column 5: while parsing a flow node, expected the node content"),
                error("kind: MirrorPolicy\nkind: MirrorPolicy", "invalid YAML at line 2, column 5: Duplicate"),
                error("- a", "document 1: not a map"),
                error(HEAD, "team: spec is missing"),
                error(HEAD.replace("v1alpha1", "v9") + "spec: {mirrors: []}", "document 1: apiVersion is "),
                error(HEAD.replace("MirrorPolicy", "Pod") + "spec: {mirrors: []}", "document 1: kind is 'Pod'"),
                error(
                        HEAD.replace("team", "T_1") + "spec: {mirrors: []}",
                        "document 1: metadata.name 'T_1' is invalid"),
                error(
                        HEAD + "specs: {}\nspec: {mirrors: []}",
                        "document 1: unknown field 'specs'; expected one of apiVersion, kind, metadata, spec, status"),
                error(HEAD + "spec: {mirrors: {}}", "team: spec.mirrors: is not a list"),
                error(HEAD + "spec: {}", "team: spec.mirrors: is not a list"),
                error(HEAD + "spec: {mirror: [], mirrors: []}", "team: spec.mirror: is not a field"),
                error(HEAD + "spec: {deletionPolicy: Keep, mirrors: []}", "team: spec.deletionPolicy: is 'Keep'"),
                error(HEAD + "spec: {suspend: 'yes', mirrors: [" + MIRROR + "]}", "team: spec.suspend: is a string"),
                mirror("a", "team: spec.mirrors[0]: is not a map"),
                mirror("{destinations: [c.example/b]}", "team: spec.mirrors[0].source: is not an image reference"),
                mirror("{source: 'a/b#c', destinations: [d.e/f]}", "team: spec.mirrors[0].source: is not an image"),
                mirror("{source: a/b}", "team: spec.mirrors[0].destinations: is missing"),
                mirror(
                        "{source: a/b, destinations: 'c.d/e,f.g/h'}",
                        "team: spec.mirrors[0].destinations: is a string; write a list"),
                mirror(
                        "{source: a/b, destinations: [a/b]}",
                        "team: source docker.io/a/b:latest: destination docker.io/a/b:latest is the source"),
                mirror("{source: a/b, destinations: [1]}", "team: spec.mirrors[0].destinations: contains an element"),
                mirror("{source: a/b, destinations: [c.d/e], minAge: 1}", "team: spec.mirrors[0].minAge: is a number"),
                mirror(
                        "{source: a/b, destinations: [c.d/e], expires: 1}",
                        "team: spec.mirrors[0].expires: is not a field"),
                mirror("{source: a/b, destinations: [c.d/e], tags: all}", "team: spec.mirrors[0].tags: is a string"),
                mirror(
                        "{source: a/b, destinations: [c.d/e], tags: {semver: x.y.z.w}}",
                        "team: spec.mirrors[0].tags.semver: 'x.y.z.w'"),
                mirror(
                        "{source: a/b, destinations: [c.d/e], tags: {latest: 1e99}}",
                        "team: spec.mirrors[0].tags.latest: "),
                mirror(
                        "{source: a/b, destinations: [c.d/e], tags: {regex: a}}",
                        "team: spec.mirrors[0].tags.regex: is not a field"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsNameTheirPlace(String yaml, String start) {
        assertError(yaml, start);
    }

    @Test
    void twoMirrorsWithOneDestinationAreAnErrorThatNamesBoth() {
        String other = "apiVersion: imagemirror.dev/v1alpha1\nkind: MirrorPolicy\nmetadata: {name: other}\n";
        assertError(
                HEAD + "spec: {mirrors: [{source: a/b, destinations: [c.d/e:1, c.d/f]}]}\n---\n" + other
                        + "spec: {mirrors: [{source: x/y, destinations: [c.d/e:1]}]}\n",
                "other: source docker.io/x/y:latest: destination c.d/e:1 is also a destination of docker.io/a/b:latest"
                        + " (policy team)");
    }

    @Test
    void aCycleIsAnError() {
        assertError(
                HEAD
                        + "spec: {mirrors: [{source: a.b/c, destinations: [c.d/e]}, {source: c.d/e, destinations:"
                        + " [a.b/c]}]}",
                "team: source a.b/c:latest: destination c.d/e:latest leads back");
        assertError(
                HEAD + "spec: {mirrors: [{source: a.b/c, destinations: [a.b/c], tags: {latest: 2}}]}",
                "team: source a.b/c: destination a.b/c is the source itself");
    }

    @Test
    void twoPoliciesOfOneNameAreAnError() {
        String policy = HEAD + "spec: {mirrors: []}\n";
        assertError(policy + "---\n" + policy, "document 2: duplicate policy name 'team'");
    }

    private static void assertError(String yaml, String start) {
        PolicyException error = catchThrowableOfType(PolicyException.class, () -> PolicyReader.read(yaml));
        assertThat(error).isNotNull();
        assertThat(error.errors()).anyMatch(text -> text.startsWith(start));
    }

    private static Arguments error(String yaml, String start) {
        return Arguments.of(yaml, start);
    }

    private static Arguments mirror(String mirror, String start) {
        return error(HEAD + "spec: {mirrors: [" + mirror + "]}", start);
    }

    private static Object revision(String mirror) throws PolicyException {
        return PolicyReader.read(HEAD + "spec: {mirrors: [" + mirror + "]}")
                .get(0)
                .rows()
                .get(0)
                .attributes()
                .get(MirrorRow.REVISION);
    }
}
