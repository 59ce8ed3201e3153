package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.domain.Resolution;
import java.util.Optional;

/** What became of a question to a registry. */
sealed interface Answer<T> {
    /** It answered. */
    record Given<T>(T value) implements Answer<T> {}

    /** It answered that there is no such thing. */
    record Nothing<T>() implements Answer<T> {}

    /** It did not answer, or not with what was asked for. */
    record Failed<T>(Resolution why) implements Answer<T> {}

    static <T> Answer<T> of(T value) {
        return new Given<>(value);
    }

    /** The same answer about what may not exist. */
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

    /** The value of an answer to a question that is never answered with nothing. */
    default T given() {
        if (this instanceof Given<T> given) {
            return given.value();
        }
        throw new IllegalStateException("no value: " + this);
    }
}
