package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts made of what references are made of, in an order that no one thought of; the seed is fixed. */
class ReferenceRobustnessTest {
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "0",
            "9",
            "io",
            ".",
            "..",
            "_",
            "-",
            "/",
            "//",
            ":",
            "::",
            ":5000",
            ":443",
            "@",
            "[",
            "]",
            "[::1]",
            "docker.io",
            "localhost",
            "127.0.0.1",
            "%",
            "#",
            "?",
            " ",
            "\n",
            "\u00e4",
            "sha256:",
            "e".repeat(64),
            "$");

    @Test
    void isReadAsAUsableReferenceOrRefusedByName() {
        Random random = new Random(20_240_229);
        int accepted = 0;
        for (int round = 0; round < 50_000; round++) {
            String text = text(random);
            try {
                assertUsable(ImageReference.parse(text), text);
                accepted++;
            } catch (InvalidReferenceException e) {
                assertThat(e).hasMessageStartingWith("invalid image reference '" + Redaction.ofReference(text) + "': ");
            }
        }
        assertThat(accepted).as("accepted of 50,000").isBetween(500, 49_500);
    }

    private static void assertUsable(ImageReference reference, String text) {
        assertThat(ImageReference.parse(reference.toString())).as(text).isEqualTo(reference);
        URI uri = URI.create("https://" + reference.wireHost() + "/v2/" + reference.repository() + "/manifests/"
                + reference.withDefaultTag().wireReference());
        assertThat(uri.getHost()).as(text).isNotNull();
        assertThat(uri.getUserInfo()).as(text).isNull();
        assertThat(uri.normalize()).as(text).isEqualTo(uri);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(7);
        for (int piece = 0; piece < pieces; piece++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
