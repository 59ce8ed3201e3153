package dev.imagemirror.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlMessageTest {
    @Test
    void contextAndProblemAreOneLineWithoutTheInput() {
        String message = """
            while scanning for the next token
            found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
             in 'reader', line 2, column 1:
                \tdestinations: []
                ^
            """;
        assertThat(YamlMessage.of(message, 2, 1))
                .isEqualTo("invalid YAML at line 2, column 1: while scanning for the next token, found character"
                        + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
    }

    @Test
    void placeIsLeftOutIfItIsUnknown() {
        assertThat(YamlMessage.of("nested too deeply", 0, 0)).isEqualTo("invalid YAML: nested too deeply");
    }

    @Test
    void longTextsAreCut() {
        assertThat(YamlMessage.of("x".repeat(1000), 1, 1)).hasSizeLessThan(340);
    }
}
