package dev.imagemirror.testing.fault;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;

/** Answers that say nothing of whether there is what was asked for, and that stay the same. */
public enum Refusal {
    /** A redirect to itself. */
    LOOP,
    /** A redirect without {@code Location}. */
    NOWHERE,
    /** Encoded though it should not be, and with no digest to tell. */
    ENCODED,
    /** A part of the whole. */
    PART;

    /** The answer to every request. */
    public Interceptor answer() {
        Response list = Response.text(200, MediaTypes.OCI_INDEX, "no gzip either");
        return switch (this) {
            case LOOP -> Faults.redirectToSelf();
            case NOWHERE -> Faults.answer(Response.of(307));
            case ENCODED -> Faults.answer(list.with("Content-Encoding", "gzip"));
            case PART ->
                Faults.answer(
                        Response.text(206, MediaTypes.OCI_INDEX, "{\"schemaV").with("Content-Range", "bytes 0-8/100"));
        };
    }
}
