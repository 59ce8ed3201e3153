package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** The image is there, but its referrers (signatures, SBOMs, attestations) cannot be read. */
record ReferrersGate() implements CopyGate {
    @Override
    public Optional<ClosedGate> ask(CopyQuestion question) {
        Resolution.Unavailable unread = question.seen().unread();
        return unread == null
                ? Optional.empty()
                : ClosedGate.held(
                                question.drift(),
                                Reason.BACKOFF,
                                "the image's referrers cannot be read at " + unread.message() + "; retrying")
                        .map(closed -> closed.lookingAgainAt(UnavailableGate.again(unread, question.now())));
    }
}
