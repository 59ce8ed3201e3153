package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.domain.Resolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question to a registry.
 *
 * @param value what it answered; null if there is no such thing, or if {@code failure} says why it did not
 * @param failure null if it answered
 */
record Answer<T>(@Nullable T value, @Nullable Resolution failure) {
    static <T> Answer<T> of(@Nullable T value) {
        return new Answer<>(value, null);
    }

    static <T> Answer<T> failed(Resolution failure) {
        return new Answer<>(null, failure);
    }

    /** The value of an answer that did not fail, where there is always one. */
    T present() {
        return Objects.requireNonNull(value, "an answer without a value");
    }
}
