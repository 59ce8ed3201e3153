package dev.imagemirror.registry;

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
        assertThat(detail("a\u001b[31mb\u0000c\u00e4\u202e"))
                .matches("[\\x20-\\x7e]+")
                .startsWith("a?[31mb?c?");
    }

    @Test
    void isShortHoweverLongTheBodyIs() {
        assertThat(detail("x".repeat(1_000_000))).isEqualTo("x".repeat(300) + "...");
    }

    @Test
    void isNothingOfAnAnswerWithoutBody() {
        assertThat(StatusErrors.detail(new BasicClassicHttpResponse(500))).isEmpty();
    }

    private static String detail(String body) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(400);
        response.setEntity(new ByteArrayEntity(body.replace('\'', '"').getBytes(UTF_8), ContentType.APPLICATION_JSON));
        return StatusErrors.detail(response).replace('"', '\'');
    }
}
