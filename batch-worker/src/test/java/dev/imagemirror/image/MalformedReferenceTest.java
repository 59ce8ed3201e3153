package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedReferenceTest {
    @ParameterizedTest
    @ValueSource(strings = {" golang", "golang ", "go lang", "golang:1\n", "a\tb", "b\u00fccher", "a\u0000", "a\u007f"})
    void mayHoldNoWhiteSpaceAndNothingOutsideAscii(String text) {
        assertRefused(text, "whitespace or non-ASCII characters");
    }

    @ParameterizedTest
    @CsvSource({
        "https://docker.io/golang, https://",
        "docker://golang,          docker://",
        "oci://a,                  oci://",
        "://a,                     ://",
    })
    void isNoUrl(String text, String scheme) {
        assertRefused(text, "a reference is not a URL; remove '" + scheme + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "-a.io/x,             -a.io",
        "a-.io/x,             a-.io",
        "a..io/x,             a..io",
        ".a.io/x,             .a.io",
        "a.io./x,             a.io.",
        "a_b.io/x,            a_b.io",
        "a$.io/x,             a$.io",
        ":5000/x,             ''",
        "1.2.3/x,             1.2.3",
        "registry.123/x,      registry.123",
        "256.0.0.1/x,         256.0.0.1",
        "999.999.999.999/x,   999.999.999.999",
        "010.0.0.1/x,         010.0.0.1",
        "1.2.3.4.5/x,         1.2.3.4.5",
        "a.io.1x/x,           a.io.1x",
        "2130706433:5000/x,   2130706433",
    })
    void needsARegistryThatCanBeAHost(String text, String host) {
        assertRefused(text, "'" + host + "' is not a valid registry host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]/x",
                "[/x",
                "[:]/x",
                "[::1/x",
                "[::1]x/x",
                "[::1]x:5000/x",
                "[:::]/x",
                "[1:2:3]/x",
                "[1:2:3:4:5:6:7:8:9]/x",
                "[1::2::3]/x",
                "[12345::1]/x",
                "[:1:2:3:4:5:6:7]/x",
                "[::g]/x",
                "[::1%eth0]/x",
                "[127.0.0.1]/x",
                "[localhost]/x",
                "[::1.2.3]/x",
                "a[::1]/x"
            })
    void needsAnIpv6AddressInBrackets(String text) {
        assertRefused(text, "is not a valid registry host");
    }

    @ParameterizedTest
    @CsvSource({
        "a.io:/x, ''",
        "a.io:0/x, 0",
        "a.io:65536/x, 65536",
        "a.io:99999999999/x, 99999999999",
        "a.io:-1/x, -1",
        "a.io:+80/x, +80",
        "a.io:http/x, http",
        "a.io:50:60/x, 50:60",
        "[::1]:/x, ''",
        "[::1]:x/x, x",
        "a:b/c, b",
    })
    void needsAPortThatExists(String text, String port) {
        assertRefused(text, "'" + port + "' is not a port; ports are 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "a.io/", "a.io/:1", "localhost:5000/"})
    void needsARepository(String text) {
        assertRefused(text.equals("@") ? "@sha256:" + "0".repeat(64) : text, "the repository name is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "Golang, Golang",
        "library/GoLang:1, GoLang",
        "LOCALHOST/a, LOCALHOST",
        "a.io/X, X",
        "a.io//x, ''",
        "a.io/x/, ''",
        "/x, ''",
        "a.io/../x, ..",
        "a.io/./x, .",
        "a.io/.x, .x",
        "a.io/x-, x-",
        "a.io/-x, -x",
        "a.io/_x, _x",
        "a.io/x___y, x___y",
        "a.io/x..y, x..y",
        "a.io/x._y, x._y",
        "a.io/x+y, x+y",
        "a.io/x?y=1, x?y=1",
        "a.io/x#y, x#y",
        "a.io/x%2fy, x%2fy",
        "a.io/x\\y, x\\y",
        "golang:1:2, golang:1",
        "golang#owner, golang#owner",
    })
    void needsARepositoryOfAllowedCharacters(String text, String component) {
        assertRefused(text, "repository component '" + component + "' is not allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "golang:, ''",
        "golang:-1, -1",
        "golang:.1, .1",
        ":, ''",
        "golang:1+2, 1+2",
        "golang:*, *",
        "golang:${TAG}, ${TAG}",
        "a.io/x:1/y, 1/y",
    })
    void needsATagOfAllowedCharacters(String text, String tag) {
        assertRefused(text, "tag '" + tag + "' is not allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "a@, digest '' has no algorithm",
        "a@latest, digest 'latest' has no algorithm",
        "a@sha256, digest 'sha256' has no algorithm",
        "a@sha256:, 64 lower-case hexadecimal characters",
        "a@sha256:abc, 64 lower-case hexadecimal characters",
        "a:1@sha512:abc, 128 lower-case hexadecimal characters",
        "a@md5:abc, algorithm 'md5' is not supported",
        "a@:abc, algorithm '' is not supported",
        "a@b@c, digest 'b@c' has no algorithm",
    })
    void needsAValidDigest(String text, String fault) {
        assertRefused(text, fault);
    }

    @Test
    void isNotEmpty() {
        assertRefused("", "it is empty; write for example");
    }

    @Test
    void isNotLongerThanRegistriesTake() {
        assertRefused("a.io/" + "x".repeat(256), "longer than 255 characters");
        assertRefused("x".repeat(248), "longer than 255 characters"); // with library/
        assertRefused("a:" + "x".repeat(129), "a tag has 1 to 128");
        assertRefused("x".repeat(64) + ".io/a", "is not a valid registry host");
        assertRefused("x.".repeat(127) + "io/a", "is not a valid registry host");
    }

    private static void assertRefused(String text, String fault) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageStartingWith("invalid image reference '" + text + "': ")
                .hasMessageContaining(fault);
    }
}
