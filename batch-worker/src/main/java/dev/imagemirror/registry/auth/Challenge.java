package dev.imagemirror.registry.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, section 11.6.1).
 *
 * <p>Parsed by hand, since HttpClient's {@code AuthChallengeParser} (5.6) throws at a bare scheme in front of another
 * ({@code Negotiate, Bearer realm="…"}) and at empty list elements, both of which that RFC allows.
 *
 * @param scheme lower-case, such as {@code bearer}
 * @param parameters by lower-case name
 */
record Challenge(String scheme, Map<String, String> parameters) {

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** All challenges of one header value; unparsable parts are skipped. */
    static List<Challenge> parse(String header) {
        return new Parser(header).parse();
    }

    /** A hand-written scanner: linear in the header's length, since the header is untrusted. */
    private static final class Parser {
        private final String text;
        private final List<Challenge> challenges = new ArrayList<>();
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Challenge> parse() {
            while (skip(" \t,") < text.length()) {
                String word = token();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                skip(" \t");
                if (peek('=') && !challenges.isEmpty()) {
                    at++;
                    skip(" \t");
                    last().put(word.toLowerCase(Locale.ROOT), value());
                } else {
                    challenges.add(new Challenge(word.toLowerCase(Locale.ROOT), new TreeMap<>()));
                }
            }
            return challenges;
        }

        private Map<String, String> last() {
            return challenges.get(challenges.size() - 1).parameters;
        }

        private boolean peek(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private int skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at;
        }

        private String token() {
            int start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String value() {
            if (!peek('"')) {
                int start = at;
                while (at < text.length() && " \t,".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                return text.substring(start, at);
            }
            at++;
            StringBuilder value = new StringBuilder();
            while (at < text.length() && !peek('"')) {
                if (peek('\\') && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            at++;
            return value.toString();
        }
    }
}
