package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the program knows of one plain attribute of a pair's item: its name, where the status has it, and what {@code explain}
 * calls it. {@link PairColumns} declares them. Immutable, thread-safe.
 *
 * @param name in the status table; the API has it in lower camel case
 * @param label what {@code explain} puts before the value; empty if it does not show it on a line of its own
 * @param type how the value is stored and shown
 * @param value of a pair; null if it has none
 * @param with a pair with another value
 * @param <T> type of the value
 */
public record PairColumn<T>(
        String name,
        String label,
        Type<T> type,
        Function<PairStatus, @Nullable T> value,
        BiFunction<PairStatus, T, PairStatus> with) {
    /** Where values come from, by name; those that are absent are null, counts 0. */
    public interface Source {
        @Nullable
        Digest digest(String name);

        @Nullable
        Instant instant(String name);

        int count(String name);
    }

    /** Where values go, by name; those that are absent are null, counts 0. */
    public interface Sink {
        void digest(String name, @Nullable Digest value);

        void instant(String name, @Nullable Instant value);

        void count(String name, int value);
    }

    /**
     * A type that values have.
     *
     * @param reader takes a value from a source
     * @param writer gives a value to a sink
     */
    public record Type<T>(Reader<T> reader, Writer<T> writer) {
        public static final Type<Digest> DIGEST = new Type<>(Source::digest, Sink::digest);
        public static final Type<Instant> INSTANT = new Type<>(Source::instant, Sink::instant);
        public static final Type<Integer> COUNT = new Type<>(
                (source, name) -> source.count(name) == 0 ? null : source.count(name),
                (sink, name, count) -> sink.count(name, count == null ? 0 : count));

        /** Takes a value from a source. */
        @FunctionalInterface
        public interface Reader<T> {
            @Nullable
            T read(Source source, String name);
        }

        /** Gives a value to a sink. */
        @FunctionalInterface
        public interface Writer<T> {
            void write(Sink sink, String name, @Nullable T value);
        }
    }

    /** The pair with what the source has under this column's name. */
    public PairStatus read(Source source, PairStatus pair) {
        T read = type.reader().read(source, name);
        return read == null ? pair : with.apply(pair, read);
    }

    /** Gives the pair's value to the sink, under this column's name. */
    public void write(PairStatus pair, Sink sink) {
        type.writer().write(sink, name, value.apply(pair));
    }

    /** Gives the pair's value to the sink, under this column's label, if it has one. */
    public void explain(PairStatus pair, Sink sink) {
        if (!label.isEmpty()) {
            type.writer().write(sink, label, value.apply(pair));
        }
    }
}
