package dev.imagemirror.worker;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.http.ThrottleWords;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Interprets skopeo's standard error. It logs lines such as {@code time="…" level=fatal msg="…"}, the message quoted as
 * in Go, and only the fatal one says why it ended. Source: logrus "TextFormatter"; messages of the steps as in
 * containers/image ("copy", "docker"). Pure.
 */
final class SkopeoErrors {
    private static final int MAX_LENGTH = 500;

    /** Reluctant or nested repetition would take long, or deep stacks, for a message of many kilobytes. */
    private static final Pattern FATAL =
            Pattern.compile("level=fatal msg=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|(\\S++))", Pattern.DOTALL);

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /** Marks a failed read in the middle of an upload. */
    private static final String WHILE_READING = "happened during read";

    private static final List<String> AT_DESTINATION = List.of(
            "initializing destination",
            "initiating layer upload",
            "at destination",
            "uploading",
            "writing blob",
            "writing manifest");

    private static final List<String> AT_SOURCE =
            List.of(WHILE_READING, "initializing source", "reading ", "fetching ");

    private SkopeoErrors() {}

    /** The failure of a copy, typed as far as the message allows. */
    static RegistryException of(ImageReference source, ImageReference destination, String errors) {
        String message = message(errors);
        String shown = message.length() > MAX_LENGTH ? message.substring(message.length() - MAX_LENGTH) : message;
        String text = destination + ": skopeo: " + shown;
        String words = withoutNames(message.toLowerCase(Locale.ROOT), List.of(source, destination));
        if (ThrottleWords.areIn(words)) {
            ImageReference busy = whose(words, source, destination);
            return busy == null
                    ? new RegistryException(ErrorKind.TEMPORARY, text)
                    : RegistryException.throttledElsewhere(busy.registry(), text);
        }
        return new RegistryException(kind(words), text);
    }

    /** The unquoted fatal messages; everything, if there are none. */
    private static String message(String errors) {
        List<String> fatal =
                FATAL.matcher(errors).results().map(SkopeoErrors::unquoted).toList();
        String text = fatal.isEmpty() ? errors : String.join(" ", fatal);
        return text.replaceAll("\\s+", " ").trim();
    }

    private static String unquoted(MatchResult message) {
        return message.group(1) == null
                ? message.group(2)
                : ESCAPE.matcher(message.group(1))
                        .replaceAll(escape ->
                                "ntr".contains(escape.group(1)) ? " " : Matcher.quoteReplacement(escape.group(1)));
    }

    /** A repository may be called {@code denied/immutable}. */
    private static String withoutNames(String words, List<ImageReference> references) {
        String rest = words;
        for (ImageReference reference : references) {
            rest = rest.replace(reference.name(), "…").replace("/" + reference.repository() + "/", "…");
        }
        return rest;
    }

    /** The registry that is rate limiting; null if the message does not tell. */
    private static @Nullable ImageReference whose(String words, ImageReference source, ImageReference destination) {
        boolean isOfRead = words.contains(WHILE_READING);
        if (!isOfRead && AT_DESTINATION.stream().anyMatch(words::contains)) {
            return destination;
        }
        return AT_SOURCE.stream().anyMatch(words::contains) ? source : null;
    }

    private static ErrorKind kind(String words) {
        if (words.contains("immutable") || words.contains("imagetagalreadyexists")) {
            return ErrorKind.IMMUTABLE_TAG;
        }
        if (words.contains("unauthorized") || words.contains("denied") || words.contains("authentication required")) {
            return ErrorKind.ACCESS_DENIED;
        }
        if (words.contains("preserve digests")) {
            // skopeo's last message after a registry rejected the manifest: it would try another type, but must not
            return ErrorKind.REFUSED;
        }
        return words.contains("name unknown") ? ErrorKind.REPOSITORY_NOT_FOUND : ErrorKind.TEMPORARY;
    }
}
