package dev.imagemirror.registry.endpoint;

import dev.imagemirror.registry.http.Headers;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.net.URI;
import org.apache.hc.core5.http.HttpMessage;

/** Where a paged list continues. */
public sealed interface NextLink {
    /** Nowhere: this was the last page. */
    record None() implements NextLink {}

    /** At this address of the same host. */
    record Page(URI uri) implements NextLink {}

    /** Somewhere unreadable; {@code fault} says why. */
    record Broken(String fault) implements NextLink {}

    /**
     * Reads the link of a page; never {@link Broken}.
     *
     * @throws RegistryException if the list cannot be read to its end: a partial list would pass for the whole
     */
    static NextLink of(RegistryEndpoint<?> page, HttpMessage answer) throws RegistryException {
        NextLink next =
                NextLinkReader.read(page.uri(), Headers.values(answer, "Link").orElse(""));
        if (next instanceof Broken broken) {
            throw new RegistryException(ErrorKind.REFUSED, page.subject() + " is incomplete: it " + broken.fault())
                    .asBrokenList();
        }
        return next;
    }
}
