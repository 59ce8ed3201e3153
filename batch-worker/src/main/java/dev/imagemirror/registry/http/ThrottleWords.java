package dev.imagemirror.registry.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The codes and words by which registries signal rate limits. Some use another status than 429: ECR and its quotas 403
 * or 400, GitHub's secondary rate limit 403, S3 503 {@code SlowDown}. Sources: OCI distribution specification "Error
 * Codes"; GitHub REST API "Rate limits"; AWS "Common Errors" and the retryable errors of its SDKs; S3 "Error
 * responses"; Google "API errors" and "Quotas".
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

    /** The specification's codes that mean something else, whatever the message says. */
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

    /** Whole phrases with blanks, which no repository or tag name has. */
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

    /** A quota per time, which Google quotes; a storage quota, such as Harbor's, is not restored by waiting. */
    private static final Pattern QUOTA_OF_A_TIME =
            Pattern.compile(QUOTA + ".{0,200}\\bper (?:\\w+ per )?(second|minute|hour|day)\\b");

    /** Quoted text may be anyone's. Apostrophes within words do not start a quotation. */
    private static final Pattern QUOTATION =
            Pattern.compile("\"[^\"]*\"|`[^`]*`|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}\\p{N}])");

    private ThrottleWords() {}

    /**
     * True if an error is a rate limit.
     *
     * @param code such as {@code TOOMANYREQUESTS}, or empty if there is none; if it is one of the specification's that
     * mean something else, the message does not count
     */
    static boolean areIn(String code, String message) {
        String bare = code.substring(code.lastIndexOf('#') + 1) // com.amazonaws.ecr#ThrottlingException
                .replaceAll("[^A-Za-z]", "")
                .toUpperCase(Locale.ROOT);
        boolean isExhausted = bare.equals(EXHAUSTED)
                && !STOCK.matcher(message.toLowerCase(Locale.ROOT)).find();
        return CODES.contains(bare) || isExhausted || (!OTHER_CODES.contains(bare) && areIn(message));
    }

    /** True if a message without a code is a rate limit. */
    public static boolean areIn(String message) {
        String all = message.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String words =
                QUOTATION.matcher(all).replaceAll(" ... ").replaceAll(" +", " ").trim();
        return STATEMENTS.stream()
                        .anyMatch(statement -> statement.matcher(words).find())
                || (QUOTA.matcher(words).find() && QUOTA_OF_A_TIME.matcher(all).find());
    }
}
