package dev.imagemirror.operator.reconcile.gate;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;

/** The side of a pair that a gate checks. */
enum Side {
    SOURCE {
        @Override
        ImageReference reference(CopyQuestion question) {
            return question.pair().source();
        }

        @Override
        Resolution answer(CopyQuestion question) {
            return question.seen().source();
        }
    },
    DESTINATION {
        @Override
        ImageReference reference(CopyQuestion question) {
            return question.pair().destination();
        }

        @Override
        Resolution answer(CopyQuestion question) {
            return question.seen().destination();
        }
    };

    abstract ImageReference reference(CopyQuestion question);

    /** What its registry returned. */
    abstract Resolution answer(CopyQuestion question);
}
