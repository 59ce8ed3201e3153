package dev.imagemirror.testing;

import java.util.List;
import java.util.stream.Stream;

/** Texts that do harm where they are printed as they are. */
public final class HostileTexts {
    private static final List<String> HIDDEN = List.of(
            "\u001b[2J",
            "\u001b]0;title\u0007",
            "\u001b[31m",
            "\u009b2J",
            "\u0000",
            "\b\b\b",
            "\u007f",
            "\u0085forged",
            "\nforged   True   1 InSync",
            "\r\nforged",
            "\rforged",
            "\tforged",
            "\u000b\f",
            "\u00ad",
            "\u061c",
            "\u200b\u200c\u200d",
            "\u200e\u200f",
            "\u202a\u202b\u202c\u202d\u202e",
            "\u2028forged",
            "\u2029forged",
            "\u2060\u2066\u2067\u2068\u2069",
            "\ufeff",
            "\ufe0f\u034f\u3164\u115f",
            "\udb40\udc41\udb40\udd00",
            "\ufffe\ufdd0",
            "\ufff9\ufffb");

    private HostileTexts() {}

    /** Those that a store takes, which are the ones without unpaired surrogates. */
    public static Stream<String> stored() {
        return HIDDEN.stream().map(text -> "evil" + text + "text");
    }

    /** All. */
    public static Stream<String> all() {
        return Stream.concat(stored(), Stream.of("a\ud800b", "a\udc00\ud800", "\udb40"));
    }
}
