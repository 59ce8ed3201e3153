package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Digest;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One plain attribute of a pair's item: its name, its place in the status, and its label in {@code explain}.
 * {@link PairColumns} declares them. Immutable, thread-safe.
 *
 * @param name in the status table; lower camel case in the API
 * @param label shown before the value by {@code explain}; empty if the value has no line of its own
 * @param type how the value is stored and shown
 * @param value reads it from a pair; null if absent
 * @param with returns the pair with another value
 * @param <T> type of the value
 */
public record PairColumn<T>(
        String name,
        String label,
        Type<T> type,
        Function<PairStatus, @Nullable T> value,
        BiFunction<PairStatus, T, PairStatus> with) {
    /** Source of values by name; absent values are null, counts 0. */
    public interface Source {
        @Nullable
        Digest digest(String name);

        @Nullable
        Instant instant(String name);

        int count(String name);
    }

    /** Sink for values by name; absent values are null, counts 0. */
    public interface Sink {
        void digest(String name, @Nullable Digest value);

        void instant(String name, @Nullable Instant value);

        void count(String name, int value);
    }

    /**
     * A value type.
     *
     * @param reader reads a value from a source
     * @param writer writes a value to a sink
     */
    public record Type<T>(Reader<T> reader, Writer<T> writer) {
        public static final Type<Digest> DIGEST = new Type<>(Source::digest, Sink::digest);
        public static final Type<Instant> INSTANT = new Type<>(Source::instant, Sink::instant);
        public static final Type<Integer> COUNT = new Type<>(
                (source, name) -> source.count(name) == 0 ? null : source.count(name),
                (sink, name, count) -> sink.count(name, count == null ? 0 : count));

        /** Reads a value from a source. */
        @FunctionalInterface
        public interface Reader<T> {
            @Nullable
            T read(Source source, String name);
        }

        /** Writes a value to a sink. */
        @FunctionalInterface
        public interface Writer<T> {
            void write(Sink sink, String name, @Nullable T value);
        }
    }

    /** The pair with this column's value from the source. */
    public PairStatus read(Source source, PairStatus pair) {
        T read = type.reader().read(source, name);
        return read == null ? pair : with.apply(pair, read);
    }

    /** Writes the pair's value to the sink under this column's name. */
    public void write(PairStatus pair, Sink sink) {
        type.writer().write(sink, name, value.apply(pair));
    }

    /** Writes the pair's value to the sink under this column's label, if any. */
    public void explain(PairStatus pair, Sink sink) {
        if (!label.isEmpty()) {
            type.writer().write(sink, label, value.apply(pair));
        }
    }
}
