package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** Outcome of a question to a registry. */
sealed interface Answer<T> {
    /** The registry returned a value. */
    record Given<T>(T value) implements Answer<T> {}

    /** The registry answered that it does not exist. */
    record Nothing<T>() implements Answer<T> {}

    /** No answer, or not the one asked for. */
    record Failed<T>(Resolution why) implements Answer<T> {}

    static <T> Answer<T> of(T value) {
        return new Given<>(value);
    }

    /** The same answer, with an empty value as {@link Nothing}. */
    static <T> Answer<T> ofOptional(Answer<Optional<T>> answer) {
        if (answer instanceof Failed<Optional<T>> failed) {
            return new Failed<>(failed.why());
        }
        Optional<T> value = answer.given();
        return value.isPresent() ? new Given<>(value.get()) : new Nothing<>();
    }

    static <T> Answer<T> failed(Resolution why) {
        return new Failed<>(why);
    }

    /** The value, for questions whose answer always has one. */
    default T given() {
        if (this instanceof Given<T> given) {
            return given.value();
        }
        throw new IllegalStateException("no value: " + this);
    }
}
