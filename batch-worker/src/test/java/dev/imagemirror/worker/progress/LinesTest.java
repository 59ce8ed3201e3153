package dev.imagemirror.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.Outcome;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void reportsTheResultOfADestination() {
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
