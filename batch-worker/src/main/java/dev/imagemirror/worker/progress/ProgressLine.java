package dev.imagemirror.worker.progress;

import dev.imagemirror.text.ByteSize;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The progress line, for people and for readers of a job's log. Written and parsed only here, so that both agree.
 * Parsed bytes are as exact as the line: a rounded size and a percentage of it.
 *
 * @param blobs distinct blobs that some destination may need
 * @param blobsDone those that have been read or were found present
 * @param bytes size of all
 * @param bytesDone how much of that is done
 */
public record ProgressLine(int blobs, int blobsDone, long bytes, long bytesDone) {
    /** More than the longest line ever written. */
    private static final int LONGEST = 200;

    private static final String SIZE = "[0-9]{1,4}(?:\\.[0-9])? (?:[KMGTP]i)?B";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,3})% of (" + SIZE
            + "), ([0-9]{1,10}) of ([0-9]{1,10}) blobs, " + SIZE + "/s(?:, [0-9a-z ]{1,40} left)?");

    /**
     * The line, without a line end.
     *
     * @param elapsed since the start of the copy
     */
    public String text(Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        long rate = (long) (bytesDone / seconds);
        String left = rate == 0 ? "" : ", " + Span.of(Duration.ofSeconds((bytes - bytesDone) / rate)) + " left";
        long percent = bytes == 0 ? 100 : 100 * bytesDone / bytes;
        return percent + "% of " + ByteSize.of(bytes) + ", " + blobsDone + " of " + blobs + " blobs, "
                + ByteSize.of(rate) + "/s" + left;
    }

    /** Parses such a line; empty if the text is not one, or its values are impossible. Accepts any text. */
    public static Optional<ProgressLine> parse(String text) {
        Matcher line = text.length() > LONGEST ? FORM.matcher("") : FORM.matcher(text.stripTrailing());
        return line.matches() ? of(line) : Optional.empty();
    }

    private static Optional<ProgressLine> of(Matcher line) {
        try {
            int percent = Integer.parseInt(line.group(1));
            long bytes = ByteSize.parse(line.group(2));
            int blobsDone = Integer.parseInt(line.group(3));
            int blobs = Integer.parseInt(line.group(4));
            return percent > 100 || blobsDone > blobs
                    ? Optional.empty()
                    : Optional.of(new ProgressLine(blobs, blobsDone, bytes, share(percent, bytes)));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty(); // overflow
        }
    }

    private static long share(int percent, long bytes) {
        return percent == 100 ? bytes : Math.min(bytes, (long) ((double) bytes * percent / 100));
    }
}
