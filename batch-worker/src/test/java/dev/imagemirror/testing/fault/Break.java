package dev.imagemirror.testing.fault;

import java.io.IOException;

/** What happens where a stream breaks off; it always throws. */
@FunctionalInterface
interface Break {
    void happen() throws IOException;
}
