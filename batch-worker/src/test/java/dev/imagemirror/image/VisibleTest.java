package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
    @ParameterizedTest
    @CsvSource({
        "000a,\\n",
        "000d,\\r",
        "0009,\\t",
        "0000,\\u0000",
        "001b,\\u001b",
        "007f,\\u007f",
        "0085,\\u0085",
        "009b,\\u009b",
        "00ad,\\u00ad",
        "061c,\\u061c",
        "200b,\\u200b",
        "200d,\\u200d",
        "200e,\\u200e",
        "202e,\\u202e",
        "2028,\\u2028",
        "2029,\\u2029",
        "2060,\\u2060",
        "2066,\\u2066",
        "2069,\\u2069",
        "feff,\\ufeff",
        "fe0f,\\ufe0f",
        "3164,\\u3164",
        "e0041,\\udb40\\udc41",
        "e0100,\\udb40\\udd00",
        "d800,\\ud800",
        "dc00,\\udc00",
        "fffe,\\ufffe",
        "fdd0,\\ufdd0"
    })
    void invisibleCharactersAreEscaped(String codePoint, String shown) {
        String text = Character.toString(Integer.parseInt(codePoint, 16));
        assertThat(Visible.of("a" + text + "b")).isEqualTo("a" + shown + "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "docker.io/library/golang:1.17", "a → b … ü 漢字 😀 é", "C:\\n back\\slash", "\u00a0"})
    void otherTextStaysAsItIs(String text) {
        assertThat(Visible.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @MethodSource("dev.imagemirror.testing.HostileTexts#all")
    void escapingIsCompleteAndIdempotent(String text) {
        String shown = Visible.of(text);
        assertThat(shown.codePoints()).noneMatch(Visible::isHidden);
        assertThat(Visible.of(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("dev.imagemirror.testing.HostileTexts#all")
    void jsonKeepsItsMeaning(String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String shown = Visible.json(json.writeValueAsString(text));
        assertThat(shown.codePoints()).noneMatch(Visible::isHidden);
        assertThat(json.readValue(shown, String.class)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("dev.imagemirror.testing.HostileTexts#all")
    void aPrintedLineIsOneLineWhicheverWayItIsPrinted(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VisibleStream out = new VisibleStream(bytes)) {
            out.println(text);
            out.println((Object) text);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo((Visible.of(text) + "\n").repeat(2));
    }

    @ParameterizedTest
    @MethodSource("dev.imagemirror.testing.HostileTexts#all")
    void textOfSeveralLinesHasNothingElseThatIsHidden(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VisibleStream out = new VisibleStream(bytes)) {
            out.print(text);
            out.print((Object) text);
            out.printf("%s", text);
            out.append(text);
            out.writer().append(text).flush();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).codePoints())
                .noneMatch(codePoint -> Visible.isHidden(codePoint) && codePoint != '\n' && codePoint != '\t');
    }

    @Test
    void streamsShowNoSecret() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VisibleStream out = new VisibleStream(bytes)) {
            out.println("bob:secret@host/x");
            out.print("https://bob:secret@host/x\n");
            out.control("\u001b[H");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("[hidden]@host/x\nhttps://[hidden]@host/x\n\u001b[H");
    }
}
