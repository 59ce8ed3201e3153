package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryKeyTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "golang:1, golang:1, null",
                "golang:1#a/b/c, golang:1, a/b/c",
                "golang#a#b, golang, a#b",
                "x#, x, ''"
            },
            nullValues = "null")
    void keyIsAReferenceWithAnOptionalOwner(String text, String reference, String owner) {
        EntryKey key = new EntryKey(text);

        assertThat(key.reference()).isEqualTo(reference);
        assertThat(key.owner()).isEqualTo(owner);
        assertThat(key).hasToString(text);
    }

    @Test
    void anOwnedKeyIsTakenApartAgain() {
        assertThat(EntryKey.owned("golang:1", "a/b/c")).isEqualTo(new EntryKey("golang:1#a/b/c"));
    }

    @Test
    void anEmptyKeyIsRefused() {
        assertThatThrownBy(() -> new EntryKey("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "docker.io/library/golang:1.17#a/b/c | docker.io/library/golang:1.17#a/b/c",
                "host:5000/a@sha256:00               | host:5000/a@sha256:00",
                "x; rm -rf ~                         | 'x; rm -rf ~'",
                "$(date)                             | '$(date)'",
                "a'b                                 | 'a'\\''b'",
                "-x                                  | '-x'"
            })
    void keyIsASingleHarmlessShellWord(String key, String word) {
        assertThat(new EntryKey(key).shellWord()).isEqualTo(word);
    }

    @Test
    void keysAreSortedByTheirText() {
        assertThat(new EntryKey("a")).isLessThan(new EntryKey("b")).isEqualByComparingTo(new EntryKey("a"));
    }

    @Test
    void aRowCannotBeChanged() {
        Map<String, Object> attributes = new HashMap<>(Map.of("Destination", "b.io/x", "Expires", BigDecimal.ONE));
        MirrorRow row = new MirrorRow(new EntryKey("golang"), attributes);
        attributes.clear();

        assertThat(row.attributes()).isEqualTo(Map.of("Destination", "b.io/x", "Expires", BigDecimal.ONE));
        assertThatThrownBy(() -> row.attributes().put("Tags", "x")).isInstanceOf(UnsupportedOperationException.class);
    }
}
