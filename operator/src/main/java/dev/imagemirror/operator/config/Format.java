package dev.imagemirror.operator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The format of a setting's value.
 *
 * @param expected in words, for documentation and error messages
 * @param parser from text; throws {@link IllegalArgumentException} if the text is invalid
 * @param <T> type of the value
 */
record Format<T>(String expected, Function<String, T> parser) {
    static final Format<Boolean> FLAG = new Format<>("true or false", Values::flag);
    static final Format<Duration> DURATION = duration(Duration.ofSeconds(1));
    static final Format<Long> SIZE = new Format<>("a size such as 2MiB", Values::size);
    static final Format<String> NAME_OR_ARN = new Format<>("a name or an ARN", Values::name);
    static final Format<List<String>> REGISTRIES = new Format<>("a list of HOST or HOST:PORT", RegistryValues::hosts);
    static final Format<List<Path>> CERTIFICATES = new Format<>("a list of PEM files", RegistryValues::certificates);
    static final Format<String> JSON = new Format<>("a JSON object as a string", Values::optionalJson);

    /** A duration of at least this length; the minimum is too short to be worth documenting. */
    static Format<Duration> duration(Duration least) {
        return new Format<>("a duration such as 30s, 15m or 4h", Values.durationFrom(least));
    }

    static Format<Duration> minutes(int least) {
        return new Format<>("a duration of at least " + least + "m", Values.durationFrom(Duration.ofMinutes(least)));
    }

    static Format<Integer> number(int least, int most) {
        return new Format<>("a number from " + least + " to " + most, Values.number(least, most));
    }

    static <E extends Enum<E>> Format<E> choice(Class<E> type) {
        return new Format<>(
                Stream.of(type.getEnumConstants())
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ")),
                Values.choice(type));
    }
}
