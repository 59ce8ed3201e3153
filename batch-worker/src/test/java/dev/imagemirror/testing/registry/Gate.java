package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.util.List;
import java.util.Optional;

/** Decides whether a request may pass; called from many threads. */
@FunctionalInterface
interface Gate {
    /** Lets everybody pass. */
    Gate OPEN = (request, needed) -> Optional.empty();

    /** The refusal, or empty if the request may pass. */
    Optional<Response> refuse(Request request, List<AccessScope> needed);
}
