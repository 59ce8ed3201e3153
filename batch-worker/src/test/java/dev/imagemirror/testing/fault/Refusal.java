package dev.imagemirror.testing.fault;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;

/** Answers that say nothing of whether there is what was asked for, and that stay the same. */
public enum Refusal {
    /** A redirect to itself. */
    LOOP(Faults.redirectToSelf()),
    /** A redirect without {@code Location}. */
    NOWHERE(Faults.answer(Response.of(307))),
    /** Encoded though it should not be, and with no digest to tell. */
    ENCODED(Faults.answer(
            Response.text(200, MediaTypes.OCI_INDEX, "no gzip either").with("Content-Encoding", "gzip"))),
    /** A part of the whole. */
    PART(Faults.answer(
            Response.text(206, MediaTypes.OCI_INDEX, "{\"schemaV").with("Content-Range", "bytes 0-8/100")));

    private final Interceptor answer;

    Refusal(Interceptor answer) {
        this.answer = answer;
    }

    /** The answer to every request. */
    public Interceptor answer() {
        return answer;
    }
}
