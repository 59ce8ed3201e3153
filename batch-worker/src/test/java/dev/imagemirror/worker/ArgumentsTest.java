package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.io/x,b.io/y,c.io/z",
                "a.io/x b.io/y c.io/z",
                "a.io/x, b.io/y ,c.io/z",
                " a.io/x\tb.io/y\nc.io/z, ",
                ",,a.io/x,,b.io/y  ,  c.io/z,"
            })
    void takesSeveralDestinationsInOneWord(String word) {
        assertThat(destinations("golang:1.17", word)).containsExactly("a.io/x:1.17", "b.io/y:1.17", "c.io/z:1.17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob:hun ter2@a.io/x", "a.io/y,bob:hun,ter2@a.io/x", "bob:hun'ter2@a.io/x"})
    void showsNoPartOfAPassword(String word) {
        assertThatThrownBy(() -> destinations("golang:1", word))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("credentials do not belong in a reference")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hun").doesNotContain("ter2"));
    }

    @Test
    void takesDestinationsInSeveralWords() {
        assertThat(destinations("golang:1", "a.io/x,b.io/y", "c.io/z:2"))
                .containsExactly("a.io/x:1", "b.io/y:1", "c.io/z:2");
    }

    @ParameterizedTest
    @CsvSource({
        "golang,                a.io/x,   a.io/x:latest",
        "golang:1.17,           a.io/x,   a.io/x:1.17",
        "golang:1.17,           a.io/x:2, a.io/x:2",
        "golang:1.17@DIGEST,    a.io/x,   a.io/x:1.17",
        "golang:1.17@DIGEST,    a.io/x:2, a.io/x:2",
        "golang@DIGEST,         a.io/x:2, a.io/x:2",
        "golang:1.17,           x,        docker.io/library/x:1.17",
    })
    void givesUntaggedDestinationsTheTagOfTheSource(String source, String word, String destination) {
        assertThat(destinations(source.replace("DIGEST", DIGEST), word)).containsExactly(destination);
    }

    @Test
    void copiesLatestOfAnUntaggedSource() {
        assertThat(request(" golang ", "a.io/x").source())
                .isEqualTo(ImageReference.parse("docker.io/library/golang:latest"));
    }

    @Test
    void copiesWhatTheDigestNames() {
        ImageReference source = request("golang:1.17@" + DIGEST, "a.io/x").source();

        assertThat(source.wireReference()).isEqualTo(DIGEST);
        assertThat(source.tag()).isEqualTo("1.17");
    }

    @Test
    void countsADestinationThatIsNamedTwiceOnce() {
        assertThat(destinations("golang:1", "a.io/x", "A.io:443/x:1")).containsExactly("a.io/x:1");
    }

    @Test
    void wantsTaggedDestinationsForASourceWithoutTag() {
        assertThatThrownBy(() -> request("golang@" + DIGEST, "a.io/x"))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContainingAll("'a.io/x'", "needs a tag", "docker.io/library/golang@" + DIGEST);
    }

    @Test
    void refusesADestinationWithADigest() {
        assertThatThrownBy(() -> request("golang:1", "a.io/x:1@" + DIGEST))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContainingAll("a.io/x:1@" + DIGEST, "a tag, not a digest");
    }

    @ParameterizedTest
    @CsvSource({
        "golang:1.17, docker.io/library/golang",
        "golang, docker.io/golang:latest",
        "localhost:5000/a:1, LOCALHOST:5000/a",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1, 123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/a:1",
    })
    void refusesTheSourceAsADestination(String source, String destination) {
        assertThatThrownBy(() -> request(source, destination))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContainingAll(destination, "the source itself");
    }

    @Test
    void setsATagInTheSourceRepositoryToADigest() {
        assertThat(destinations("a.io/x:old@" + DIGEST, "a.io/x:stable")).containsExactly("a.io/x:stable");
        assertThat(destinations("a.io/x:old", "a.io/x:new")).containsExactly("a.io/x:new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void wantsADestination(String word) {
        assertThatThrownBy(() -> request("golang:1", word))
                .isInstanceOf(UsageException.class)
                .hasMessage("no destination given");
    }

    @Test
    void passesTheOptionsOn() {
        CopyRequest both = Arguments.request("golang", List.of("a.io/x"), true, true);
        CopyRequest none = Arguments.request("golang", List.of("a.io/x"), false, false);

        assertThat(both.referrers()).isTrue();
        assertThat(both.dryRun()).isTrue();
        assertThat(none.referrers()).isFalse();
        assertThat(none.dryRun()).isFalse();
    }

    private static CopyRequest request(String source, String... words) {
        return Arguments.request(source, List.of(words), false, false);
    }

    private static List<String> destinations(String source, String... words) {
        return request(source, words).destinations().stream()
                .map(ImageReference::toString)
                .toList();
    }
}
