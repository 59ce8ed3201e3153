package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFilesTest {
    private static final String LIMITS = """
        Limit                     Soft Limit           Hard Limit           Units
        Max core file size        0                    unlimited            bytes
        Max open files            %s                   %s                   files
        Max locked memory         8388608              8388608              bytes
        """;

    @Test
    void reportsALowLimitAndWhatIsNeeded() {
        assertThat(OpenFiles.shortage(LIMITS.formatted("64", "64"), 256))
                .isEqualTo("the open files limit is 64, but at least 256 are needed; run: ulimit -n 1024");
        assertThat(OpenFiles.shortage(LIMITS.formatted("255", "1024"), 256)).contains("is 255,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "1024", "1073741816", "99999999999", "unlimited"})
    void acceptsASufficientLimit(String limit) {
        assertThat(OpenFiles.shortage(LIMITS.formatted(limit, limit), 256)).isEmpty();
    }

    @Test
    void acceptsAnUnknownLimit() {
        assertThat(OpenFiles.shortage("", 256)).isEmpty();
        assertThat(OpenFiles.shortage("Max open files", 256)).isEmpty();
    }
}
