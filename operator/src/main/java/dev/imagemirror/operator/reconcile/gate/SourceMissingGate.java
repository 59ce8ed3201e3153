package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** The source does not exist. */
record SourceMissingGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        Resolution source = question.seen().source();
        boolean isMissing = source instanceof Resolution.Missing || source instanceof Resolution.RepositoryMissing;
        return isMissing
                ? ClosedGate.held(
                        Drift.UNKNOWN,
                        Reason.SOURCE_NOT_FOUND,
                        words(question, source) + ". Rechecked at the next interval")
                : Optional.empty();
    }

    private static String words(CopyQuestion question, Resolution source) {
        return source instanceof Resolution.Missing missing && missing.why() != null
                ? question.pair().source() + " " + missing.why()
                : question.pair().source() + " does not exist; check its name and tag";
    }
}
