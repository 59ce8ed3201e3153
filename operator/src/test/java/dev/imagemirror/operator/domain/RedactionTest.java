package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
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
    @ValueSource(
            strings = {
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
    void longTextsTakeNoLongTime() {
        String text = "://a".repeat(50_000) + "token".repeat(50_000) + "eyJ".repeat(50_000);
        assertThat(Redaction.of(text)).isNotEmpty();
    }
}
