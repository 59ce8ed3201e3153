package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.engine.LoopListener;
import java.time.Duration;

/** A listener to whom only the ends of passes matter. */
@FunctionalInterface
public interface PassEnds<K> extends LoopListener<K> {
    /** The listener. */
    static <K> LoopListener<K> heardBy(PassEnds<K> listener) {
        return listener;
    }

    @Override
    default void passBegins(K key, Duration waited) {}
}
