package dev.imagemirror.text;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A YAML parser's error on one line. Its own text has several: context, problem, and a copy of the offending lines. */
public final class YamlMessage {
    private static final int MAX_LENGTH = 300;

    private YamlMessage() {}

    /**
     * The error, such as {@code invalid YAML at line 3, column 7: mapping values are not allowed here}.
     *
     * @param text the parser's; indented lines are positions and copies of the input
     * @param line where the error is, from 1; less if unknown
     * @param column position in the line, from 1
     */
    public static String of(@Nullable String text, int line, int column) {
        String words = String.valueOf(text)
                .lines()
                .filter(part -> !part.isBlank() && !Character.isWhitespace(part.charAt(0)))
                .map(String::strip)
                .collect(Collectors.joining(", "));
        String place = line < 1 ? "" : " at line " + line + ", column " + column;
        return "invalid YAML" + place + ": " + words.substring(0, Math.min(words.length(), MAX_LENGTH));
    }
}
