package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.util.Optional;

/** The destination repository does not exist, and is not created. */
record RepositoryGate(RepositoryCreator repositories) implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        if (!(question.seen().destination() instanceof Resolution.RepositoryMissing)) {
            return Optional.empty();
        }
        return repositories.create(question.pair().destination()) instanceof RepositoryCreator.Refused refused
                ? ClosedGate.held(question.drift(), Reason.REPOSITORY_NOT_FOUND, refused.message())
                : Optional.empty();
    }

    @Override
    public boolean looksBeyondObservation() {
        return true;
    }
}
