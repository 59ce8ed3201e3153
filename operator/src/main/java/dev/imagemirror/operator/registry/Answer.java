package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.domain.Resolution;

/**
 * What became of a question to a registry.
 *
 * @param value what it answered; null if {@code failure} says why it did not
 * @param failure null if it answered
 */
record Answer<T>(T value, Resolution failure) {
    static <T> Answer<T> of(T value) {
        return new Answer<>(value, null);
    }

    static <T> Answer<T> failed(Resolution failure) {
        return new Answer<>(null, failure);
    }
}
