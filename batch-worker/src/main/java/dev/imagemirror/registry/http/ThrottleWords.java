package dev.imagemirror.registry.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By what codes and words registries ask for fewer requests. Some do so under another status than 429: ECR and its
 * quotas by 403 or 400, GitHub's secondary rate limit by 403, S3 by 503 {@code SlowDown}. Sources: OCI distribution
 * specification "Error Codes"; GitHub REST API "Rate limits"; AWS "Common Errors"; S3 "Error responses".
 */
public final class ThrottleWords {
    private static final Set<String> CODES = Set.of(
            "TOOMANYREQUESTS",
            "TOOMANYREQUESTSEXCEPTION",
            "THROTTLING",
            "THROTTLED",
            "THROTTLINGEXCEPTION",
            "REQUESTTHROTTLED",
            "REQUESTLIMITEXCEEDED",
            "RATELIMITED",
            "RATELIMITEXCEEDED",
            "SLOWDOWN");

    /** Codes that say so little that the words beside them count. */
    private static final Set<String> VAGUE_CODES = Set.of(
            "",
            "DENIED",
            "ACCESSDENIED",
            "PERMISSIONDENIED",
            "FORBIDDEN",
            "UNAUTHORIZED",
            "UNAUTHENTICATED",
            "UNKNOWN",
            "UNAVAILABLE",
            "SERVICEUNAVAILABLE",
            "ERROR",
            "INTERNAL",
            "INTERNALERROR",
            "INTERNALSERVERERROR");

    /** Whole statements with blanks, which no name of a repository or tag has. */
    private static final List<Pattern> STATEMENTS = List.of(
            Pattern.compile("(^|: )toomanyrequests: "),
            Pattern.compile("\\btoo many requests\\b"),
            Pattern.compile("\\brate exceeded\\b"),
            Pattern.compile("\\b(reached|exceeded|hit)\\b[^.]{0,60} rate limit\\b"),
            Pattern.compile("\\brate limit (has been |was |is )?(reached|exceeded|hit)\\b"),
            Pattern.compile("\\bbeing rate[ -]limited\\b"),
            Pattern.compile("\\breduce your request rate\\b"));

    /** What a message quotes may be anybody's words. Apostrophes within words begin no quotation. */
    private static final Pattern QUOTATION =
            Pattern.compile("\"[^\"]*\"|`[^`]*`|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}\\p{N}])");

    private ThrottleWords() {}

    /**
     * True if an error asks for fewer requests.
     *
     * @param code such as {@code TOOMANYREQUESTS}, or empty if there is none; if it says something else, the message
     *     does not count
     */
    static boolean areIn(String code, String message) {
        String bare = code.substring(code.lastIndexOf('#') + 1) // com.amazonaws.ecr#ThrottlingException
                .replaceAll("[^A-Za-z]", "")
                .toUpperCase(Locale.ROOT);
        return CODES.contains(bare) || (VAGUE_CODES.contains(bare) && areIn(message));
    }

    /** True if a message without a code asks for fewer requests. */
    public static boolean areIn(String message) {
        String words = QUOTATION
                .matcher(message.toLowerCase(Locale.ROOT))
                .replaceAll(" ... ")
                .replaceAll("\\s+", " ")
                .trim();
        return STATEMENTS.stream()
                .anyMatch(statement -> statement.matcher(words).find());
    }
}
