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
 * One attribute of a row: its name, parser, policy field, canonical form and {@code explain} line.
 * {@link RowAttributes} declares them. Immutable, thread-safe; equality is identity.
 *
 * @param <T> type of the value
 */
public final class RowAttribute<T> {
    /** Parses an attribute's value. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * The value.
         *
         * @return null if absent, equal to the default, or invalid (with a problem reported)
         */
        @Nullable
        T parse(RowReading row, String name);
    }

    /** Gives equal values one form in rows declared by policies: a neutral value of {@link MirrorRow}. */
    @FunctionalInterface
    interface CanonicalForm<T> {
        /** The canonical form of a value written as {@code written}. */
        Object of(T value, Object written);
    }

    /** Describes a value for {@code explain}. */
    @FunctionalInterface
    interface Words<T> {
        /** One or more lines; {@code instants} formats instants. */
        List<String> lines(T value, Function<Instant, String> instants);
    }

    /**
     * The attribute in policies.
     *
     * @param name field name
     * @param members member names in the mirror table, if it is a map
     */
    record PolicyField(String name, List<String> members) {}

    /**
     * How {@code explain} shows the attribute.
     *
     * @param label shown before the value
     */
    record Explanation<T>(String label, Words<T> words) {
        /** Not shown. */
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

    /** An attribute whose policy field has the same name, and whose canonical form is the value as written. */
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

    /** The map members' names in the mirror table, in policy field order; empty if not a map. */
    public List<String> members() {
        return field.members();
    }

    /** Label shown by {@code explain}; empty if the attribute is not shown. */
    public String label() {
        return explanation.label();
    }

    @Nullable
    T parse(RowReading row) {
        return parser.parse(row, name);
    }

    /** The canonical neutral value for declared rows, if the entry sets the attribute; {@code written} is the row's. */
    public Optional<Object> canonical(EntryOptions options, Map<String, Object> written) {
        return options.find(this).map(value -> form.of(value, Objects.requireNonNull(written.get(name), name)));
    }

    /** The lines that {@code explain} shows for the entry's value; none if unset. */
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
