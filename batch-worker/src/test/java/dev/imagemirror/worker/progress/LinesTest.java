package dev.imagemirror.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.copy.Outcome;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
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
        assertThat(Lines.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0 B, 0", "1023 B, 1023", "1.5 KiB, 1536", "1024.0 KiB, 1048576", "1.0 PiB, 1125899906842624"})
    void readsSizesWithAUnit(String text, long bytes) {
        assertThat(Lines.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.5", "1.5 EiB", "B", " B", "x B"})
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> Lines.bytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesSizesAlikeWhateverTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Lines.size(1536)).isEqualTo("1.5 KiB");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysWhatBecameOfADestination() {
        assertThat(Lines.destination(Blobs.report(Outcome.COPIED, 2048, 0, 0)))
                .isEqualTo("a.io/x:1 copied: 2.0 KiB moved");
        assertThat(Lines.destination(Blobs.report(Outcome.COPIED, 2048, 1024, 512)))
                .isEqualTo("a.io/x:1 copied: 2.0 KiB moved, 1.0 KiB mounted, 512 B already there");
        assertThat(Lines.destination(Blobs.report(Outcome.PRESENT, 0, 0, 0))).isEqualTo("a.io/x:1 already in sync");
        assertThat(Lines.destination(Blobs.report(Outcome.PLANNED, 2048, 0, 0)))
                .isEqualTo("a.io/x:1 would be copied: 2.0 KiB to move, 0 B already there");
        assertThat(Lines.destination(Blobs.failed("log in first")))
                .isEqualTo("a.io/x:1 failed (AccessDenied): log in first");
    }
}
