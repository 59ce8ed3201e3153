package dev.imagemirror.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private static final String LINE = "41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s, 20 s left";
    /** More than a layer or an image ever has, and less than what a percentage can be made of in a long. */
    private static final long MOST_BYTES = 1L << 56;

    @Test
    void isReadAsItIsWritten() {
        long bytes = 57 * Blobs.MIB;
        ProgressLine written = new ProgressLine(14, 6, bytes, bytes * 415 / 1000);
        assertThat(written.text(Duration.ofSeconds(15)))
                .isEqualTo("41% of 57.0 MiB, 6 of 14 blobs, 1.6 MiB/s, 21s left");
        assertThat(ProgressLine.parse(written.text(Duration.ofSeconds(15))))
                .contains(new ProgressLine(14, 6, bytes, (long) (bytes * 0.41)));
    }

    @Test
    void lineEndingsAreIgnored() {
        assertThat(ProgressLine.parse(LINE + "\r\n"))
                .isEqualTo(ProgressLine.parse(LINE))
                .isPresent();
    }

    @Property
    void whateverIsWrittenIsRead(
            @ForAll @IntRange(max = Integer.MAX_VALUE) int blobs,
            @ForAll @IntRange(max = 1000) int blobsInThousand,
            @ForAll @LongRange(max = MOST_BYTES) long bytes,
            @ForAll @IntRange(max = 1000) int inThousand,
            @ForAll @LongRange(max = 1_000_000_000L) long elapsedMillis) {
        int blobsDone = (int) ((long) blobs * blobsInThousand / 1000);
        long bytesDone = inThousand == 1000 ? bytes : bytes / 1000 * inThousand;
        String text = new ProgressLine(blobs, blobsDone, bytes, bytesDone).text(Duration.ofMillis(elapsedMillis));

        ProgressLine read = ProgressLine.parse(text).orElseThrow(() -> new AssertionError(text));

        assertThat(read.blobs()).isEqualTo(blobs);
        assertThat(read.blobsDone()).isEqualTo(blobsDone);
        assertThat((double) read.bytes()).as(text).isCloseTo((double) bytes, within(bytes * 0.051));
        if (bytes > 1000) {
            assertThat((double) read.bytesDone() / read.bytes())
                    .as(text)
                    .isCloseTo((double) bytesDone / bytes, within(0.012));
        }
    }

    @Provide
    Arbitrary<String> likeLines() {
        Arbitrary<String> percent = Arbitraries.of("0", "41", "100", "101", "999", "-1", "\u0664", "");
        Arbitrary<String> size =
                Arbitraries.of("0 B", "57.0 MiB", "8191.9 PiB", "9999.9 PiB", "1 EiB", "1e9 B", "-1 B");
        Arbitrary<String> count = Arbitraries.of("0", "6", "14", "2147483647", "2147483648", "99999999999", "-1", "x");
        Arbitrary<String> rate = Arbitraries.of(
                "0 B/s", "1.5 MiB/s", "1.5 MiB/s, 20 s left", "1.5 MiB/s, 1m20s left", "1.5 MiB/s left", "");
        return Combinators.combine(percent, size, count, count, rate)
                .as((share, bytes, done, all, speed) ->
                        share + "% of " + bytes + ", " + done + " of " + all + " blobs, " + speed);
    }

    @Property
    void foreignLinesYieldOnlyPlausibleValues(@ForAll("likeLines") String text) {
        ProgressLine.parse(text).ifPresent(line -> {
            assertThat(line.blobs()).isNotNegative();
            assertThat(line.blobsDone()).isBetween(0, line.blobs());
            assertThat(line.bytesDone()).isBetween(0L, line.bytes());
        });
    }

    @Property
    void anyTextIsReadWithoutAnError(@ForAll String text) {
        assertThat(ProgressLine.parse(text)).isNotNull();
        assertThat(ProgressLine.parse("x" + LINE + text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "41% of 57.0 MiB",
                " 41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "says 41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "101% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "-41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "41% of 57.0 MiB, 15 of 14 blobs, 1.5 MiB/s",
                "41% of 57.0 MiB, 6 of 2147483648 blobs, 1.5 MiB/s",
                "41% of 57.0 MiB, 6 of 99999999999999999999 blobs, 1.5 MiB/s",
                "41% of 9999.9 PiB, 6 of 14 blobs, 1.5 MiB/s",
                "41% of 8192.0 PiB, 6 of 14 blobs, 1.5 MiB/s",
                "41% of 57.0 EiB, 6 of 14 blobs, 1.5 MiB/s",
                "41% of 1e9 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "\u0664\u0661% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
                "41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s\n41% of 57.0 MiB, 6 of 14 blobs, 1.5 MiB/s",
            })
    void otherLinesAreIgnored(String text) {
        assertThat(ProgressLine.parse(text)).isEmpty();
    }

    @Test
    void overlongTextsAreNotScanned() {
        assertThat(ProgressLine.parse(LINE + " ".repeat(1_000_000))).isEmpty();
        assertThat(ProgressLine.parse(LINE.replace(" left", " 0".repeat(1_000_000) + " left")))
                .isEmpty();
    }
}
