package dev.imagemirror.operator.domain.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagSelectionTest {
    private static final String HEX = "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "1.2*, 1.21, true",
        "1.2*, 1.2, true",
        "1.2*, 11.2, false",
        "1.2, 1x2, false",
        "1?2, 1x2, true",
        "?, '', false",
        "*, '', true",
        "*-alpine, 3.9-alpine, true",
        "*-alpine, 3.9-alpine3, false",
        "*a*b*c, xaxbxbxc, true",
        "*a*b*c, xaxcxb, false",
        "**, anything, true",
        "A, a, false",
        "a.c, abc, false",
    })
    void globsMatchWholeTags(String glob, String tag, boolean matches) {
        assertThat(new Glob(glob).matches(tag)).isEqualTo(matches);
    }

    @Test
    void globFullOfStarsIsMatchedQuickly() {
        assertThat(new Glob("*a".repeat(64) + "b").matches("a".repeat(100_000))).isFalse();
    }

    @Test
    void aTagNeedsAnIncludeAndNoExclude() {
        TagSelection selection = new TagSelection(List.of("1.*", "2.*"), List.of("*-rc", "*-beta"), null, null);

        assertThat(selection.select(List.of("1.0", "1.1-rc", "2.0", "2.1-beta", "3.0")))
                .containsExactly("2.0", "1.0");
    }

    @Test
    void withoutAnythingEveryTagIsSelectedOnceHighestFirst() {
        assertThat(select(null, null, "1.9", "latest", "1.10", "1.10-alpine", "1.9", "007", "7"))
                .containsExactly("latest", "7", "007", "1.10-alpine", "1.10", "1.9");
    }

    @Test
    void tagsOfReferrersAreNeverSelected() {
        TagSelection all = new TagSelection(List.of("*", "sha256-*"), List.of(), null, null);

        assertThat(all.select(
                        List.of("sha256-" + HEX, "sha256-" + HEX + ".sig", "sha512-" + HEX + HEX, "sha-1", "sha256")))
                .containsExactly("sha256", "sha-1");
    }

    @Test
    void latestKeepsTheHighestInNaturalOrder() {
        assertThat(select(null, 2, "build-9", "build-100", "build-99999999999999999999999", "build-20"))
                .containsExactly("build-99999999999999999999999", "build-100");
    }

    @Test
    void latestKeepsTheHighestInSemverOrder() {
        assertThat(select(">=1.0.0-rc.1 <3", 3, "1.9.0", "v1.10.0", "1.0.0-rc.1", "2.0.0", "10.0.0"))
                .containsExactly("2.0.0", "v1.10.0", "1.9.0");
        assertThat(select(">=1.0.0-rc.1 <3", 2, "1.0.0-rc.1", "1.0.0-rc.10", "1.0.0-rc.9"))
                .containsExactly("1.0.0-rc.10", "1.0.0-rc.9");
    }

    @Test
    void latestBeyondTheNumberOfTagsKeepsAll() {
        assertThat(select(null, 9, "1", "2")).containsExactly("2", "1");
    }

    @ParameterizedTest
    @CsvSource({
        "^1.2, 1.2.0 v1.9.9, 1.1.9 2.0.0 1.5.0-rc.1",
        "~1.2.3, 1.2.3 1.2.9, 1.2.2 1.3.0",
        ">=1.2 <2, 1.2.0 1.99.0, 2.0.0 1.1.0",
        "'>=1.2,<2', 1.2.0, 2.0.0 1.1.0",
        "'>=1.2, <2', 1.2.0, 2.0.0 1.1.0",
        "'>= 1.2  < 2', 1.2.0, 2.0.0 1.1.0",
        "1.2 - 1.4, 1.2.0 1.4.9, 1.1.0 1.5.0",
        "1.x || 3.1, 1.0.0 3.1.5, 2.0.0 3.2.0",
        "*, 0.0.0 99.0.0, 1.0.0-rc.1",
        "x, 0.0.1 99.0.0, 1.0.0-rc.1",
        "1.2.3, 1.2.3 v1.2.3, 1.2.4",
        ">=v1.2, 1.2.0, 1.1.0",
        ">1.2, 1.3.0, 1.2.9",
        ">=1.0.0-rc.1 <2, 1.0.0-rc.2 1.0.0, 1.0.0-alpha 1.5.0-rc.1",
        ">=3.18, 3.18 3.19 v3.20 4 3.19.1, 3.17 3.9-alpine 3.20-alpine 22.04 latest 3.19.1.2 20240101123 3.19_1",
        "3.9.0-alpine, 3.9-alpine, 3.9 3.9.0-slim",
        ">=1.0.0-1, 1.0.0-2, 1.0.0-99999999999999999999",
    })
    void rangesSelectVersions(String range, String in, String out) {
        List<String> inside = List.of(in.split(" ", -1));
        List<String> outside = List.of(out.split(" ", -1));

        assertThat(new TagSelection(List.of(), List.of(), range, null).select(inside))
                .containsExactlyInAnyOrderElementsOf(inside);
        assertThat(new TagSelection(List.of(), List.of(), range, null).select(outside))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "newest",
                "^",
                "^1.2 newest",
                "||",
                "1.2 ||",
                "|| 1.2",
                "[1.0,2.0]",
                "=>1.2",
                "<1.2.3.4",
                "99999999999999.x",
                ">=1.2<2",
                "1.0-2.0",
                "1.2.3 -2",
                ">=3.18-alpine",
                "!1.2",
                "1.2.+",
                "01.2",
                ">=*",
                "1.*.3",
                "1 - 2 - 3",
                ">=1.0.0-01",
                ">=1.0.0-99999999999999999999"
            })
    void rejectsInvalidRanges(String range) {
        assertThatThrownBy(() -> new TagSelection(List.of(), List.of(), range, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + range + "' is not a version range; write a range such as");
    }

    @Test
    void aLongRangeIsRefusedWithoutEcho() {
        assertThatThrownBy(() -> new TagSelection(List.of(), List.of(), "1".repeat(400_000), null))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void lessThanOneOfTheLatestIsRefused(int latest) {
        assertThatThrownBy(() -> new TagSelection(List.of(), List.of(), null, latest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 1 or more");
    }

    private static List<String> select(String semver, Integer latest, String... tags) {
        return new TagSelection(List.of(), List.of(), semver, latest).select(List.of(tags));
    }
}
