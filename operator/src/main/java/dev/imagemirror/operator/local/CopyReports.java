package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.Outcome;
import dev.imagemirror.operator.domain.JobReport;
import dev.imagemirror.registry.model.ErrorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts the copy engine's report to a job report. */
final class CopyReports {
    private CopyReports() {}

    /** @param stopReason why the job was stopped, if it was */
    static JobReport toJobReport(CopyReport copied, @Nullable String stopReason) {
        return new JobReport(copied.destinations().stream()
                .map(destination -> outcome(destination, stopReason))
                .toList());
    }

    /** {@code 2 of 3 destinations failed, the first: …}. */
    static String failures(CopyReport copied) {
        List<DestinationReport> failed = copied.destinations().stream()
                .filter(destination -> destination.outcome() == Outcome.FAILED)
                .toList();
        return failed.size() + " of " + copied.destinations().size() + " destinations failed; first: "
                + failed.get(0).error();
    }

    private static JobReport.Outcome outcome(DestinationReport destination, @Nullable String stopReason) {
        ErrorKind kind = destination.errorKind();
        boolean isOfTheStop = stopReason != null && (kind == ErrorKind.TEMPORARY || kind == ErrorKind.INTERNAL);
        if (isOfTheStop) {
            kind = ErrorKind.TEMPORARY; // a connection dropped by the stop can look like an internal error
        }
        return new JobReport.Outcome(
                destination.destination(),
                destination.outcome().word(),
                destination.transfer().bytes(),
                kind == null ? null : kind.reason(),
                isOfTheStop ? "stopped: " + stopReason : destination.error(),
                destination.failure() == null ? null : destination.failure().throttledBy());
    }
}
