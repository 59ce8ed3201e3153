package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.operator.domain.LowerCamel;
import dev.imagemirror.operator.domain.MirrorRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the program knows of one attribute of a row: its name, how it is read, its field in a policy, its canonical form,
 * and what {@code explain} says. {@link RowAttributes} declares them. Immutable, thread-safe; equal only to itself.
 *
 * @param <T> type of the value
 */
public final class RowAttribute<T> {
    /** Reads an attribute's value. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * The value.
         *
         * @return null if there is none, or one that says no more than none, or after a problem has been noted
         */
        @Nullable
        T parse(RowReading row, String name);
    }

    /** Finds the one form that equal values have in rows that a policy declares: a neutral value of {@link MirrorRow}. */
    @FunctionalInterface
    interface CanonicalForm<T> {
        /** The form of a value that is written so. */
        Object of(T value, Object written);
    }

    /** Says for people what a value means. */
    @FunctionalInterface
    interface Words<T> {
        /** One or more lines; {@code instants} writes an instant for people. */
        List<String> lines(T value, Function<Instant, String> instants);
    }

    /**
     * What policies call it.
     *
     * @param name the field's
     * @param members names in the mirror table of the members, if it is a map
     */
    record PolicyField(String name, List<String> members) {}

    /**
     * What {@code explain} shows.
     *
     * @param label what stands before the value
     */
    record Explanation<T>(String label, Words<T> words) {
        /** Nothing. */
        static <T> Explanation<T> none() {
            return new Explanation<>("", (value, instants) -> List.of());
        }

        /** One line that depends on the value alone. */
        static <T> Explanation<T> of(String label, Function<T, String> line) {
            return new Explanation<>(label, (value, instants) -> List.of(line.apply(value)));
        }
    }

    private final String name;
    private final PolicyField field;
    private final Parser<T> parser;
    private final CanonicalForm<T> form;
    private final Explanation<T> explanation;

    RowAttribute(String name, PolicyField field, Parser<T> parser, CanonicalForm<T> form, Explanation<T> explanation) {
        this.name = name;
        this.field = field;
        this.parser = parser;
        this.form = form;
        this.explanation = explanation;
    }

    /** An attribute that policies call the same, and whose canonical form is what is written. */
    RowAttribute(String name, Parser<T> parser, Explanation<T> explanation) {
        this(name, new PolicyField(LowerCamel.of(name), List.of()), parser, (value, written) -> written, explanation);
    }

    /** The name in the mirror table. */
    public String name() {
        return name;
    }

    /** The name in a policy. */
    public String field() {
        return field.name();
    }

    /** Names in the mirror table of the map's members, in the order of a policy's fields; empty if it is no map. */
    public List<String> members() {
        return field.members();
    }

    /** What {@code explain} puts before the value; empty if it shows none. */
    public String label() {
        return explanation.label();
    }

    @Nullable
    T parse(RowReading row) {
        return parser.parse(row, name);
    }

    /** The neutral value that equal ones have in declared rows, if the entry has one; {@code written} is the row's. */
    public Optional<Object> canonical(EntryOptions options, Map<String, Object> written) {
        return options.find(this).map(value -> form.of(value, Objects.requireNonNull(written.get(name), name)));
    }

    /** What {@code explain} says of the entry's value; nothing if it has none. */
    public List<String> explain(EntryOptions options, Function<Instant, String> instants) {
        return options.find(this)
                .map(value -> explanation.words().lines(value, instants))
                .orElse(List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
