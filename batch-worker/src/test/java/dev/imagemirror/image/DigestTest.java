package dev.imagemirror.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    /** Of "abc": FIPS 180-4, examples. */
    private static final String ABC_256 = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String ABC_512 = "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    @ParameterizedTest
    @ValueSource(strings = {ABC_256, ABC_512})
    void readsWhatItWrites(String text) {
        Digest digest = Digest.parse(text);

        assertThat(digest).hasToString(text);
        assertThat(digest.algorithm()).isEqualTo(text.substring(0, 6));
        assertThat(digest.hex()).isEqualTo(text.substring(7));
        assertThat(Digest.parse(text)).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {ABC_256, ABC_512})
    void knowsContentFromAlteredContent(String text) {
        Digest digest = Digest.parse(text);

        assertThat(digest.matches("abc".getBytes(UTF_8))).isTrue();
        assertThat(digest.matches("abd".getBytes(UTF_8))).isFalse();
        assertThat(digest.matches(new byte[0])).isFalse();
    }

    @Test
    void hashesContent() {
        assertThat(Digest.sha256("abc".getBytes(UTF_8))).hasToString(ABC_256);
        assertThat(Digest.sha256(new byte[0]))
                .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void givesAFreshHashOfItsAlgorithmEachTime() {
        Digest digest = Digest.parse(ABC_512);
        digest.newHash().update((byte) 1);

        assertThat(Digest.ofHash("sha512", digest.newHash().digest("abc".getBytes(UTF_8))))
                .isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                'digest '''' has no algorithm; write sha256:<64 hex>'",
        "abc,               'digest ''abc'' has no algorithm; write sha256:<64 hex>'",
        "md5:abc,           'digest algorithm ''md5'' is not supported; use sha256 or sha512'",
        "SHA256:abc,        'digest algorithm ''SHA256'' is not supported; use sha256 or sha512'",
        ":abc,              'digest algorithm '''' is not supported; use sha256 or sha512'",
        "sha256:,           'a sha256 digest has 64 lower-case hexadecimal characters, not '''''",
        "sha256:abc,        'a sha256 digest has 64 lower-case hexadecimal characters, not ''abc'''",
        "sha512:abc,        'a sha512 digest has 128 lower-case hexadecimal characters, not ''abc'''",
        "sha256:sha256:abc, 'a sha256 digest has 64 lower-case hexadecimal characters, not ''sha256:abc'''",
    })
    void saysWhatIsWrong(String text, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.parse(text))
                .withMessage(fault);
    }

    @Test
    void acceptsOnlyTheCorrectLengthAndAlphabet() {
        for (String hex : new String[] {
            "a".repeat(63),
            "a".repeat(65),
            "a".repeat(128),
            "A".repeat(64),
            "g".repeat(64),
            "a".repeat(63) + "\n",
            " " + "a".repeat(63),
            "a".repeat(64) + "\n",
            "../" + "a".repeat(61)
        }) {
            assertThatIllegalArgumentException().as(hex).isThrownBy(() -> new Digest("sha256", hex));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest("sha512", "a".repeat(64)));
    }
}
