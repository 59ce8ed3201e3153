package dev.imagemirror.image;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Redacts secrets in foreign text (rows, registries, AWS) before it is displayed: user information in URLs,
 * authorization headers, tokens, signatures. The last line of defence, since no text should contain a secret in the
 * first place; also works on JSON, with or without escaped slashes, and preserves its structure. Pure.
 */
public final class Redaction {
    static final String HIDDEN = "[hidden]";
    /** Without blanks or whatever ends a value in JSON, in a URL's query or in a list. */
    private static final String VALUE = "[^\\s\"'\\\\&,;<>]{1,4096}+";

    private record Rule(Pattern secret, String shown) {
        static Rule of(String pattern, String shown) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), shown);
        }
    }

    private static final String KEY =
            "(?:(?:access_?|refresh_?|identity_?|id_?|session_?|security_?)?token|password|passwd"
                    + "|secret|secret_?access_?key|api_?key|signature|x-amz-[a-z-]+|_state)";
    /** A whole word: {@code team/secret:1.2} and {@code ../../etc/passwd:x} are names. */
    private static final String WHOLE = "(?<![\\w./-])";

    private static final String UNLESS_HIDDEN = "(?!\\Q" + HIDDEN + "\\E)";

    private static final List<Rule> USER_INFORMATION = List.of(
            // with a scheme, everything up to the authority's last @ is user information (RFC 3986, section 3.2.1)
            Rule.of("(:(?:\\\\?/){2})[^\\s\"\\\\/?#<>]{1,4096}@", "$1" + HIDDEN + "@"),
            Rule.of("(%3A%2F%2F)(?:(?!%2F|%40)[^\\s\"\\\\&<>]){1,4096}+%40", "$1" + HIDDEN + "%40"));

    private static final List<Rule> OTHERS = List.of(
            Rule.of("\\b(Basic|Bearer|AWS4-HMAC-SHA256)( +)(?!realm=)[A-Za-z0-9._~+/=-]{8,}+", "$1$2" + HIDDEN),
            Rule.of("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{2,}+(\\.[A-Za-z0-9_-]*+)?", HIDDEN),
            Rule.of("\\b(gh[pousr]_|github_pat_|glpat-|dckr_pat_)[A-Za-z0-9_-]{10,}+", "$1" + HIDDEN),
            Rule.of("(" + KEY + "=\\s{0,3}\\\\?[\"']?)" + UNLESS_HIDDEN + VALUE, "$1" + HIDDEN),
            Rule.of("(" + KEY + "\\s{1,3}=\\s{0,3}\\\\?[\"']?)" + UNLESS_HIDDEN + VALUE, "$1" + HIDDEN),
            Rule.of(
                    "(" + WHOLE + "(?:\\w{1,40}[_-])?" + KEY + "(?:\\\\?[\"'])?\\s{0,3}:\\s{0,3}\\\\?[\"']?)"
                            + UNLESS_HIDDEN + VALUE,
                    "$1" + HIDDEN),
            Rule.of("([?&;](?:sig|key|code|jwt|auth|pwd|pass|assertion)=)" + UNLESS_HIDDEN + VALUE, "$1" + HIDDEN),
            Rule.of("\\b(AKIA|ASIA)[A-Z0-9]{12,}+\\b", "$1" + HIDDEN));

    /** Every secret of the other kinds contains one of these; a fast check that most texts fail. */
    private static final Pattern HINT = Pattern.compile(
            "token|passw|secret|_?key|signature|x-amz-|_state|sig=|code=|jwt=|auth=|pwd=|pass=|assertion="
                    + "|Basic|Bearer|AWS4-|eyJ|gh[pousr]_|_pat_|glpat-|AKIA|ASIA",
            Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** The text with secrets redacted; the same instance if it has none. */
    public static String of(String text) {
        boolean mayHaveUser =
                text.indexOf('@') >= 0 || text.contains("%40"); // most texts have none, and there are many
        String shown = mayHaveUser ? applied(USER_INFORMATION, LoginRedaction.of(text)) : text;
        return HINT.matcher(shown).find() ? applied(OTHERS, shown) : shown;
    }

    /**
     * Redacts a text meant to be nothing but a reference or a list of them: here blanks, commas and quotes do not end a
     * password. The same instance if it has no secret.
     */
    public static String ofReference(String text) {
        return text.indexOf('@') < 0 ? of(text) : of(LoginRedaction.ofWhole(text));
    }

    /**
     * Whether a text meant to be a reference, or a list of them, has a user name and password before a host, as in
     * URLs, with or without a scheme.
     */
    public static boolean hasUserInformation(String text) {
        return text.indexOf('@') >= 0
                && !applied(USER_INFORMATION, LoginRedaction.of(LoginRedaction.ofWhole(text)))
                        .equals(text);
    }

    private static String applied(List<Rule> rules, String text) {
        String shown = text;
        for (Rule rule : rules) {
            shown = rule.secret().matcher(shown).replaceAll(rule.shown());
        }
        return shown;
    }
}
