package dev.imagemirror.testing;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Values of headers as a hostile registry may write them. */
public final class HostileHeaders {
    private HostileHeaders() {}

    /** Up to 24 of these pieces in any order. */
    public static Arbitrary<String> of(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(24).map(list -> String.join("", list));
    }
}
