package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String HIDDEN = "[hidden]@host.example/team/app:1.2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:s3cret-s3cret@registry.example/v2/",
                "{\"url\":\"https:\\/\\/user:s3cret-s3cret@registry.example\\/v2\"}",
                "proxy http://s3cret-s3cret@proxy:3128 refused",
                "Authorization: Bearer s3cret-s3cret",
                "Authorization: Basic czNjcmV0LXM6czNjcmV0s3cret-s3cret==",
                "{\"token\":\"s3cret-s3cret\"}",
                "{\"message\":\"{\\\"access_token\\\": \\\"s3cret-s3cret\\\"}\"}",
                "refresh_token=s3cret-s3cret&scope=a",
                "https://x/v2/a/blobs/uploads/1?_state=s3cret-s3cret",
                "https://s3.example/b?X-Amz-Signature=s3cret-s3cret&X-Amz-Security-Token=s3cret-s3cret",
                "password: s3cret-s3cret",
                "aws_secret_access_key = s3cret-s3cret",
                "PASSWORD='s3cret-s3cret'",
                "jwt eyJhbGciOiJIUzI1NiJ9.s3cret-s3cret.s3cret-s3cret"
            })
    void secretsAreHidden(String text) {
        assertThat(Redaction.of(text)).doesNotContain("s3cret-s3cret").contains("[hidden]");
        assertThat(Redaction.of(Redaction.of(text))).isEqualTo(Redaction.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "bob:s3cret@host/x,[hidden]@host/x",
        "bob:s3cret@host:5000/x:1,[hidden]@host:5000/x:1",
        "https://bob:s3cret@host/x,https://[hidden]@host/x",
        "https://s3cret@host/x,https://[hidden]@host/x",
        "https://bob:s3cret@,https://[hidden]@",
        "bob:s3cret@,[hidden]@",
        ":s3cret@host/x,[hidden]@host/x",
        "oci://bob:s3cret@host/x,oci://[hidden]@host/x",
        "docker://bob:s3cret@host/x,docker://[hidden]@host/x",
        "HTTPS://bob:s3cret@host/x,HTTPS://[hidden]@host/x",
        "https://bob:s3@cret@host/x,https://[hidden]@host/x",
        "bob:s3@cret@host/x,[hidden]@host/x",
        "https://bob:s3/cret@host/x,https://[hidden]@host/x",
        "bob:s3/cret@host/x,[hidden]@host/x",
        "bob:s3?cret@host/x,[hidden]@host/x",
        "bob:s3#cret@host/x,[hidden]@host/x",
        "bob:s3:cret@host/x,[hidden]@host/x",
        "bob:%73%33cret@host/x,[hidden]@host/x",
        "https://bob:s3'cret@host/x,https://[hidden]@host/x",
        "https%3A%2F%2Fbob%3As3cret%40host%2Fx,https%3A%2F%2F[hidden]%40host%2Fx",
        "https:\\/\\/bob:s3cret@host,https:\\/\\/[hidden]@host",
        "host/bob:s3cret@other/x,host/[hidden]@other/x",
        "bob:s3cret@[::1]:5000/x,[hidden]@[::1]:5000/x",
        "bob:s3cret@host/x@sha256:0123456789abcdef,[hidden]@host/x@sha256:0123456789abcdef",
        "bob:s3cret@host/x#owner,[hidden]@host/x#owner",
        "bob.b-b_b:s3cret@host/x,[hidden]@host/x",
        "ghp_s3crets3crets3cret@host/x,ghp_[hidden]@host/x",
        "host/x?token=s3cret,host/x?token=[hidden]",
        "host/x?a=b&sig=s3cret,host/x?a=b&sig=[hidden]",
        "host/x?access_token=s3cret&b=c,host/x?access_token=[hidden]&b=c",
        "host/x?auth=s3cret,host/x?auth=[hidden]",
        "'bob:s3cret@host/x' -> 'host/y','[hidden]@host/x' -> 'host/y'",
        "//bob:s3cret@host/x,//[hidden]@host/x",
        "host.io:5000/bob:s3cret@other.io/y,host.io:5000/[hidden]@other.io/y",
        "host.io:5000/a/bob:s3cret@other.io/y:1,host.io:5000/a/[hidden]@other.io/y:1",
        "localhost:5000/bob:s3/c@ret@other/y,localhost:5000/[hidden]@other/y",
        "https://host.io:5000/bob:s3cret@other.io/y,https://host.io:5000/[hidden]@other.io/y",
        "host:5000/bob:s3cret@other.io/y,[hidden]@other.io/y",
        "bob:5000/s3:cret@other.io/y,[hidden]@other.io/y",
        "[::1]:5000/bob:s3cret@other.io/y,[::1]:5000/[hidden]@other.io/y",
        "[::1]/bob:s3cret@other.io/y,[::1]/[hidden]@other.io/y",
        "host.io:5000/bob:s3cret@other.io/y@sha256:0123456789abcdef,"
                + "host.io:5000/[hidden]@other.io/y@sha256:0123456789abcdef",
        "https:/bob:s3cret@host/x,[hidden]@host/x",
        "https:bob:s3cret@host/x,[hidden]@host/x",
        "host/bob:s3cret@other.io,host/[hidden]@other.io",
        "host.io:5000/bob:s3cret@other.io,host.io:5000/[hidden]@other.io",
        "host/bob:s3cret@other.io:5000,host/[hidden]@other.io:5000"
    })
    void hidesOnlyTheUserInformationOfAReference(String text, String shown) {
        assertThat(Redaction.of(text)).doesNotContain("s3", "cret@").contains("[hidden]");
        assertThat(Redaction.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bob:s3 cret@host/x|[hidden]@host/x",
                "bob:s3 cret@host.example/x|[hidden]@host.example/x",
                "bob:s3,cret@host|[hidden]@host",
                "bob:s3, cret@host:5000/x:1|[hidden]@host:5000/x:1",
                "\"u:s3\"cret@host/x|[hidden]@host/x",
                "'bob:s3cret'@host/x|[hidden]@host/x",
                "bob:'s3\\cret<>'@host/x|[hidden]@host/x",
                "https://bob:s3 cret@host/x|https://[hidden]@host/x",
                "docker://bob:s3,cret@host/x#owner|docker://[hidden]@host/x#owner",
                "host/bob:s3 cret@other/x|host/[hidden]@other/x",
                "bob:s3 cret@host/x@sha256:0123456789abcdef|[hidden]@host/x@sha256:0123456789abcdef",
                "s3 cret@host.example/x|[hidden]@host.example/x",
                "host:5000/y:1, bob:s3 cret@host/x|host:5000/y:1,[hidden]@host/x",
                "host:5000/y,bob:s3,cret@host/x|host:5000/y,[hidden]@host/x",
                "bob:s3cret@host/x|[hidden]@host/x"
            })
    void passwordsInReferencesMayContainBlanksCommasAndQuotes(String text, String shown) {
        assertThat(Redaction.ofReference(text)).doesNotContain("s3", "cret@");
        assertThat(Redaction.ofReference(text).replace(", [", ",[")).isEqualTo(shown);
        assertThat(Redaction.hasUserInformation(text)).isTrue();
        assertThat(new InvalidReferenceException(text, "wrong").getMessage()).doesNotContain("s3", "cret@");
        assertThatExceptionOfType(InvalidReferenceException.class)
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageContaining("credentials do not belong")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3", "cret@"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:5000/a/b@sha256:0123456789abcdef, host/c@sha256:0123456789abcdef",
                "a@sha256:0123456789abcdef,b@sha256:0123456789abcdef,c@sha256:0123456789abcdef,d@sha256:0123456789abcdef,"
                        + "e@sha256:0123456789abcdef,f@sha256:0123456789abcdef",
                "host:5000/a:1, host:5000/b:2",
                "host:5000/a:1, b@latest",
                "../../etc/passwd:x y",
                "golang:1.17 alpine:3",
                "10m 5 s",
                "ops@example.com",
                "mail to ops@example.com",
                ""
            })
    void listsOfReferencesWithoutALoginStayAsTheyAre(String text) {
        assertThat(Redaction.ofReference(text)).isEqualTo(text);
        assertThat(Redaction.hasUserInformation(text)).isFalse();
    }

    @Test
    void noPasswordOfAReferenceSurvivesWhateverItContains() {
        String allowed = "abcXYZ019-._~!$&*+;=:%@/?# ,\"'\\<>\t\n()[]{}é";
        withPasswords(11, allowed, List.of("", "https://"), (start, secret, text) -> {
            assertThat(Redaction.ofReference(text)).as(text).isEqualTo(start + HIDDEN);
            assertThat(Redaction.hasUserInformation(text)).as(text).isTrue();
        });
    }

    @Test
    void noPasswordOfAUrlSurvives() {
        withPasswords(7, "abcXYZ019-._~!$&*+;=:%@", List.of("", "https://"), (start, secret, text) -> {
            assertThat(Redaction.of(text)).as(text).doesNotContain(secret.substring(0, secret.length() - 1));
            assertThat(Redaction.of(text)).as(text).endsWith(HIDDEN);
        });
    }

    @Test
    void noPasswordAfterAHostWithAPortSurvives() {
        List<String> hosts = List.of("host.example:5000/", "host.example:5000/team/", "[::1]:5000/", "localhost:80/");
        withPasswords(13, "abcXYZ019-._~!$&*+;=:%@/?#", hosts, (start, secret, text) -> {
            assertThat(Redaction.of(text)).as(text).isEqualTo(start + HIDDEN);
            assertThat(Redaction.ofReference(text)).as(text).isEqualTo(Redaction.of(text));
            assertThat(Redaction.hasUserInformation(text)).as(text).isTrue();
        });
    }

    @FunctionalInterface
    private interface Assertion {
        void holdsFor(String start, String secret, String text);
    }

    /** Many references with a password of these characters, after one of these starts. */
    private static void withPasswords(long seed, String allowed, List<String> starts, Assertion assertion) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            String secret = "Q" + text(random, allowed) + "Q";
            String start = starts.get(random.nextInt(starts.size()));
            assertion.holdsFor(start, secret, start + "bob:" + secret + "@host.example/team/app:1.2");
        }
    }

    @Test
    void referencesWithoutUserInformationAreUnchanged() {
        RandomGenerator random = new SplittableRandom(7);
        String letters = "abcxyz019";
        for (int round = 0; round < 20_000; round++) {
            String port = random.nextBoolean() ? ":" + random.nextInt(1, 65_536) : "";
            String tag = random.nextBoolean() ? ":" + text(random, letters) + ".1-x_y" : "";
            String digest = random.nextBoolean() ? "@sha256:" + "0123456789abcdef".repeat(4) : "";
            String owner = random.nextBoolean() ? "#cluster/" + text(random, letters) + "/n" : "";
            String text = text(random, letters) + ".io" + port + "/" + text(random, letters) + "/"
                    + text(random, letters) + tag + digest + owner;
            assertThat(Redaction.of(text + " -> " + text)).isEqualTo(text + " -> " + text);
            assertThat(Redaction.ofReference(text)).isEqualTo(text);
            assertThat(Redaction.ofReference(text + ", " + text)).isEqualTo(text + ", " + text);
        }
    }

    private static String text(RandomGenerator random, String characters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd:x",
                "../../etc/passwd",
                "docker.io/team/secret:1.2",
                "docker.io/team/token@sha256:0123456789abcdef",
                "docker.io/team/my-token:1",
                "invalid image reference 'docker.io/team/token': the repository is not there",
                "https://registry.example/v2/team/secret: 401 Unauthorized",
                "host:5000/a:1@sha256:0123456789abcdef",
                "host:5000/a:1@sha512:0123456789abcdef#owner",
                "host:5000/a/b@sha256:0123456789abcdef",
                "host:5000/a/b:tag@sha256:0123456789abcdef",
                "host.io:5000/a/b:tag@sha256:0123456789abcdef",
                "[::1]:5000/a/b:tag@sha256:0123456789abcdef",
                "[::1]:5000/a/b:1",
                "host:5000/team@foo/x",
                "ops@example.com",
                "team/app@latest",
                "me@host",
                "a:1, b:2, c@d",
                "2026-01-01T00:00:00.000Z WARN [a/b:1] mail to ops@example.com",
                "arn:aws:iam::123456789012:role/mirror",
                "golang:1.17@sha256:0123456789abcdef -> host:5000/golang:1.17",
                "docker.io/library/golang:1.17@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "host:5000/a/b#cluster/namespace/name",
                "https://registry.example/v2/a/manifests/1: 401 Unauthorized",
                "the token endpoint of docker.io for [repository:a:pull] answered 401",
                "WWW-Authenticate: Bearer realm=\"https://auth.example/token\",service=\"x\"",
                "place 3 in line: all 50 jobs that may be in flight are",
                "secrets: none",
                ""
            })
    void otherTextsStayAsTheyAre(String text) {
        assertThat(Redaction.of(text)).isEqualTo(text);
    }

    @Test
    void jsonStaysJson() {
        assertThat(Redaction.of("{\"password\":\"s3cret\",\"n\":1,\"url\":\"http://u:p@h/\"}"))
                .isEqualTo("{\"password\":\"[hidden]\",\"n\":1,\"url\":\"http://[hidden]@h/\"}");
    }

    @Test
    @Timeout(60)
    void longTextsTakeNoLongTime() {
        for (String part :
                new String[] {"@", "@.", "a:@", ":", "a:1, ", "@sha256:01234567", "h:5000/x:1, b:p w@", "@ "}) {
            String text = "a" + part.repeat(200_000) + "@host/x" + ".".repeat(100_000);
            assertThat(Redaction.of(text)).isNotEmpty();
            assertThat(Redaction.ofReference(text)).isNotEmpty();
        }
        String text = "://a".repeat(50_000) + "token".repeat(50_000) + "eyJ".repeat(50_000);
        assertThat(Redaction.of(text)).isNotEmpty();
    }
}
