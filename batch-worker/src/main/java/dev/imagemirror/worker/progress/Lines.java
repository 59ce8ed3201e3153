package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.text.ByteSize;
import java.util.Objects;

/** Formats progress and results for people. */
final class Lines {
    private Lines() {}

    static String destination(DestinationReport report) {
        DestinationReport.Transfer transfer = report.transfer();
        String what = switch (report.outcome()) {
            case COPIED ->
                "copied: " + ByteSize.of(transfer.bytes()) + " moved"
                        + (transfer.bytesMounted() > 0 ? ", " + ByteSize.of(transfer.bytesMounted()) + " mounted" : "")
                        + (transfer.bytesPresent() > 0
                                ? ", " + ByteSize.of(transfer.bytesPresent()) + " already there"
                                : "");
            case PRESENT -> "already in sync";
            case PLANNED ->
                "would be copied: " + ByteSize.of(transfer.bytes()) + " to move, "
                        + ByteSize.of(transfer.bytesPresent()) + " already there";
            case FAILED -> "failed (" + failure(report).kind().reason() + "): " + report.error();
        };
        return report.destination() + " " + what;
    }

    private static DestinationReport.Failure failure(DestinationReport failed) {
        return Objects.requireNonNull(failed.failure(), "a failed transfer has an error");
    }
}
