package dev.imagemirror.registry.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By what codes and words registries ask for fewer requests. Some do so under another status than 429: ECR and its
 * quotas by 403 or 400, GitHub's secondary rate limit by 403, S3 by 503 {@code SlowDown}. Sources: OCI distribution
 * specification "Error Codes"; GitHub REST API "Rate limits"; AWS "Common Errors" and the retryable
 * errors of its SDKs; S3 "Error responses"; Google "API errors" and "Quotas".
 */
public final class ThrottleWords {
    private static final Set<String> CODES = Set.of(
            "TOOMANYREQUESTS",
            "TOOMANYREQUESTSEXCEPTION",
            "THROTTLING",
            "THROTTLED",
            "THROTTLINGEXCEPTION",
            "THROTTLEDEXCEPTION",
            "REQUESTTHROTTLED",
            "REQUESTTHROTTLEDEXCEPTION",
            "REQUESTLIMITEXCEEDED",
            "PROVISIONEDTHROUGHPUTEXCEEDEDEXCEPTION",
            "RATELIMITED",
            "RATELIMITEXCEEDED",
            "USERRATELIMITEXCEEDED",
            "SLOWDOWN");

    /** gRPC's code for quotas, and for what is too large or full. */
    private static final String EXHAUSTED = "RESOURCEEXHAUSTED";

    private static final Pattern STOCK =
            Pattern.compile("\\b(storage|disk|space|memory|larger than|too large|size|bytes)\\b");

    /** The specification's codes that mean something else, whatever is written beside them. */
    private static final Set<String> OTHER_CODES = Set.of(
            "BLOBUNKNOWN",
            "BLOBUPLOADINVALID",
            "BLOBUPLOADUNKNOWN",
            "DIGESTINVALID",
            "MANIFESTBLOBUNKNOWN",
            "MANIFESTINVALID",
            "MANIFESTUNKNOWN",
            "MANIFESTUNVERIFIED",
            "NAMEINVALID",
            "NAMEUNKNOWN",
            "PAGINATIONNUMBERINVALID",
            "RANGEINVALID",
            "SIZEINVALID",
            "TAGINVALID",
            "UNSUPPORTED");

    /** Whole statements with blanks, which no name of a repository or tag has. */
    private static final List<Pattern> STATEMENTS = List.of(
            Pattern.compile("(^|: )toomanyrequests: "),
            Pattern.compile("\\btoo many requests\\b"),
            Pattern.compile("\\brate exceeded\\b"),
            Pattern.compile("\\b(reached|exceeded|hit)\\b[^.]{0,60} rate limit\\b"),
            Pattern.compile("\\brate limit (has been |was |is )?(reached|exceeded|hit)\\b"),
            Pattern.compile("\\bbeing rate[ -]limited\\b"),
            Pattern.compile("\\brequests? (was|were|is|are|has been|have been) (being )?throttled\\b"),
            Pattern.compile("\\breduce your request rate\\b"));

    private static final Pattern QUOTA =
            Pattern.compile("\\bquota (limit )?(has been |was |is )?(reached|exceeded)\\b");

    /** A quota of a time, which Google quotes; one of storage, such as Harbor's, has none and does not come back by waiting. */
    private static final Pattern QUOTA_OF_A_TIME =
            Pattern.compile(QUOTA + ".{0,200}\\bper (?:\\w+ per )?(second|minute|hour|day)\\b");

    /** What a message quotes may be anybody's words. Apostrophes within words begin no quotation. */
    private static final Pattern QUOTATION =
            Pattern.compile("\"[^\"]*\"|`[^`]*`|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}\\p{N}])");

    private ThrottleWords() {}

    /**
     * True if an error asks for fewer requests.
     *
     * @param code such as {@code TOOMANYREQUESTS}, or empty if there is none; if it is one of the specification's that
     *     mean something else, the message does not count
     */
    static boolean areIn(String code, String message) {
        String bare = code.substring(code.lastIndexOf('#') + 1) // com.amazonaws.ecr#ThrottlingException
                .replaceAll("[^A-Za-z]", "")
                .toUpperCase(Locale.ROOT);
        boolean isExhausted = bare.equals(EXHAUSTED)
                && !STOCK.matcher(message.toLowerCase(Locale.ROOT)).find();
        return CODES.contains(bare) || isExhausted || (!OTHER_CODES.contains(bare) && areIn(message));
    }

    /** True if a message without a code asks for fewer requests. */
    public static boolean areIn(String message) {
        String all = message.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String words =
                QUOTATION.matcher(all).replaceAll(" ... ").replaceAll(" +", " ").trim();
        return STATEMENTS.stream()
                        .anyMatch(statement -> statement.matcher(words).find())
                || (QUOTA.matcher(words).find() && QUOTA_OF_A_TIME.matcher(all).find());
    }
}
