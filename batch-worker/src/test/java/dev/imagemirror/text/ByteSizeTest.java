package dev.imagemirror.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0,                   0 B",
        "1023,                1023 B",
        "1024,                1.0 KiB",
        "1536,                1.5 KiB",
        "1048576,             1.0 MiB",
        "314573446,           300.0 MiB",
        "1099511627776,       1.0 TiB",
        "9223372036854775807, 8192.0 PiB",
    })
    void writesSizesWithAUnit(long bytes, String text) {
        assertThat(ByteSize.of(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0 B, 0", "1023 B, 1023", "1.5 KiB, 1536", "1024.0 KiB, 1048576", "1.0 PiB, 1125899906842624"})
    void readsSizesWithAUnit(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.5", "1.5 EiB", "B", " B", "x B"})
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesSizesAlikeWhateverTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(ByteSize.of(1536)).isEqualTo("1.5 KiB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
