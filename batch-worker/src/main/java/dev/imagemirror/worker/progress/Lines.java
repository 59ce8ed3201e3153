package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import java.time.Duration;
import java.util.Locale;

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
            case PRESENT -> "already equal";
            case PLANNED ->
                "would be copied: " + size(transfer.bytes()) + " to move, " + size(transfer.bytesPresent())
                        + " already there";
            case FAILED -> "failed (" + report.errorKind().reason() + "): " + report.error();
        };
        return report.destination() + " " + what;
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

    /** A time span such as {@code 3 s} or {@code 2 min 5 s}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
