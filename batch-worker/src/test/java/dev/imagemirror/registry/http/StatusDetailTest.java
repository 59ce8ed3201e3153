package dev.imagemirror.registry.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error's message shows of an answer's body. */
class StatusDetailTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'errors':[{'code':'DENIED','message':'no','detail':'not you'}]} | DENIED no not you",
                "{'errors':[{'code':'DENIED','message':'no','detail':{'a':1}}]}   | DENIED no",
                "{'errors':[{'code':'DENIED'}]}                                   | DENIED",
                "{'errors':[{'message':'no'}]}                                    | no",
                "{'errors':[{'code':'A'},{'code':'B'}]}                           | A",
                "{'errors':[]}                                                    | {'errors':[]}",
                "{'errors':'x'}                                                   | {'errors':'x'}",
                "{'message':'x'}                                                  | {'message':'x'}",
                "null                                                             | null",
                "<html> <b>Bad</b> </html>                                        | <html> <b>Bad</b> </html>",
                "''                                                               | ''",
            })
    void isTheFirstErrorOrElseTheBody(String body, String detail) {
        assertThat(detail(body.equals("''") ? "" : body)).isEqualTo(detail.equals("''") ? "" : detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line one\r\nline two", "line one\t \nline two", "\n line one line two \u0085"})
    void isOneLine(String body) {
        assertThat(detail(body)).matches("line one line two( [?]+)?");
    }

    @Test
    void showsNoControlCharacters() {
        assertThat(detail("a\u001b[31mb\u0007c\u00e4\u202e"))
                .matches("[\\x20-\\x7e]+")
                .startsWith("a?[31mb?c?");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, a\u0000b",
        "application/octet-stream, text",
        "application/gzip, text",
        "image/png, text",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, text",
    })
    void isEmptyForABodyThatIsNotText(String type, String body) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        response.setEntity(new ByteArrayEntity(body.getBytes(UTF_8), ContentType.parse(type)));

        assertThat(ErrorBody.of(response).shown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/problem+json; charset=utf-8"})
    void isEmptyForBytesMislabelledAsText(String type) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 'a', 'b', 'c', 'd', 'e'};
        response.setEntity(new ByteArrayEntity(gzip, ContentType.parse(type)));

        assertThat(ErrorBody.of(response).shown()).isEmpty();
    }

    @Test
    void isEmptyForAnEncodedBody() {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        response.setEntity(new ByteArrayEntity("abc".getBytes(UTF_8), ContentType.TEXT_PLAIN));
        response.setHeader("Content-Encoding", "br");

        assertThat(ErrorBody.of(response).shown()).isEmpty();
    }

    @Test
    void readsTextInTheCharacterSetThatItNames() {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        response.setEntity(new ByteArrayEntity(
                "nicht m\u00f6glich".getBytes(ISO_8859_1), ContentType.parse("text/plain; charset=iso-8859-1")));

        assertThat(ErrorBody.of(response).shown()).isEqualTo("nicht m?glich");
    }

    @Test
    void toleratesATruncatedCharacter() {
        assertThat(detail("x" + "\u00e4".repeat(20_000))).startsWith("x???").hasSize(303);
    }

    @Test
    void isShortHoweverLongTheBodyIs() {
        assertThat(detail("x".repeat(1_000_000))).isEqualTo("x".repeat(300) + "...");
    }

    @Test
    void isEmptyWithoutABody() {
        assertThat(ErrorBody.of(new BasicClassicHttpResponse(500)).shown()).isEmpty();
    }

    private static String detail(String body) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        response.setEntity(new ByteArrayEntity(body.replace('\'', '"').getBytes(UTF_8), ContentType.APPLICATION_JSON));
        return ErrorBody.of(response).shown().replace('"', '\'');
    }
}
