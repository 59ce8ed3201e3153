package dev.imagemirror.operator.domain;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that came from elsewhere (rows, registries, AWS) before people see them: user information
 * in URLs, authorization headers, tokens, signatures. The last line of defence, since nothing that holds a secret should
 * be put into a text at all; it works on JSON as well, slashes escaped or not, and leaves
 * its form intact. Pure.
 */
public final class Redaction {
    private static final String HIDDEN = "[hidden]";
    /** Neither blanks nor what ends a text in JSON, in a URL's query or in a list. */
    private static final String VALUE = "[^\\s\"'\\\\&,;<>]{1,4096}+";

    private record Rule(Pattern secret, String shown) {
        static Rule of(String pattern, String shown) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), shown);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("(:(?:\\\\?/){2})[^\\s\"'\\\\/?#@<>]{1,1024}+@", "$1" + HIDDEN + "@"),
            Rule.of("\\b(Basic|Bearer|AWS4-HMAC-SHA256)( +)(?!realm=)[A-Za-z0-9._~+/=-]{8,}+", "$1$2" + HIDDEN),
            Rule.of("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{2,}+(\\.[A-Za-z0-9_-]*+)?", HIDDEN),
            Rule.of(
                    "((?:access_?|refresh_?|identity_?|id_?|session_?|security_?)?token|password|passwd|secret"
                            + "|secret_?access_?key|api_?key|signature|x-amz-[a-z-]+|_state)"
                            + "(\\\\?[\"']?\\s{0,3}[=:]\\s{0,3}\\\\?[\"']?)(?!\\Q" + HIDDEN + "\\E)" + VALUE,
                    "$1$2" + HIDDEN),
            Rule.of("\\b(AKIA|ASIA)[A-Z0-9]{12,}+\\b", "$1" + HIDDEN));

    private Redaction() {}

    /** The text without secrets; the same text if it has none. */
    public static String of(String text) {
        String shown = text;
        for (Rule rule : RULES) {
            shown = rule.secret().matcher(shown).replaceAll(rule.shown());
        }
        return shown;
    }
}
