package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Words and numbers for people. */
final class Lines {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};

    private Lines() {}

    static String destination(DestinationReport report) {
        DestinationReport.Transfer transfer = report.transfer();
        String what = switch (report.outcome()) {
            case COPIED ->
                "copied: " + size(transfer.bytes()) + " moved"
                        + (transfer.bytesMounted() > 0 ? ", " + size(transfer.bytesMounted()) + " mounted" : "")
                        + (transfer.bytesPresent() > 0 ? ", " + size(transfer.bytesPresent()) + " already there" : "");
            case PRESENT -> "already in sync";
            case PLANNED ->
                "would be copied: " + size(transfer.bytes()) + " to move, " + size(transfer.bytesPresent())
                        + " already there";
            case FAILED -> "failed (" + failure(report).kind().reason() + "): " + report.error();
        };
        return report.destination() + " " + what;
    }

    private static DestinationReport.Failure failure(DestinationReport failed) {
        return Objects.requireNonNull(failed.failure(), "a failed transfer has an error");
    }

    /** A number of bytes with a unit, such as {@code 12.3 MiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /**
     * About so many bytes as {@link #size} has written.
     *
     * @throws ArithmeticException if they are more than can be counted
     * @throws IllegalArgumentException if the text is of another form
     */
    static long bytes(String size) {
        int space = size.indexOf(' ');
        String unit = size.substring(space + 1);
        int power = unit.equals("B") ? 0 : List.of(UNITS).indexOf(unit) + 1;
        if (space < 0 || (power == 0 && !unit.equals("B"))) {
            throw new IllegalArgumentException("not a size: " + size);
        }
        BigDecimal one = BigDecimal.valueOf(1L << (10 * power));
        return new BigDecimal(size.substring(0, space))
                .multiply(one)
                .toBigInteger()
                .longValueExact();
    }
}
