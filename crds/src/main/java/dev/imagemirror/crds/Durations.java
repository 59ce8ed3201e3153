package dev.imagemirror.crds;

/** Durations in a schema: a whole number and one of {@code s}, {@code m}, {@code h}, {@code d}. */
final class Durations {
    static final int MAX_LENGTH = 10;
    static final String FORM = "^[0-9]{1,9}[smhd]$";
    static final String FORM_RULE = "self.matches('" + FORM + "')";
    static final String FORM_ADVICE = "write a whole number with s, m, h or d, such as 15m";

    private static final String UNITS = "{'s': 1, 'm': 60, 'h': 3600, 'd': 86400}";

    /** Seconds as a list of one, since CEL has no other way to name a value. */
    private static final String SECONDS =
            "[int(self.substring(0, self.size() - 1)) * " + UNITS + "[self.substring(self.size() - 1)]]";

    static final String INTERVAL_RULE = "!" + FORM_RULE + " || " + SECONDS + ".all(n, n >= 10 && n <= 604800)";
    static final String INTERVAL_ADVICE = "the interval is out of range; write 10s to 7d";
    static final String MIN_AGE_RULE = "!" + FORM_RULE + " || " + SECONDS + ".all(n, n <= 31536000)";
    static final String MIN_AGE_ADVICE = "the age is out of range; write 0s to 365d";

    private Durations() {}
}
