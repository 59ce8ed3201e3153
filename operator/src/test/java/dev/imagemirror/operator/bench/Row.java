package dev.imagemirror.operator.bench;

import java.util.Locale;

/**
 * One row of the table.
 *
 * @param what is measured
 * @param operator our number, with unit
 * @param peer the peer's, with unit; or a dash
 * @param result what the target is about: a ratio, or our number again
 * @param target in words, or a dash: told for comparison only
 * @param met whether the target was reached in this run
 */
record Row(String what, String operator, String peer, String result, String target, boolean met) {
    private static final String NONE = "–";

    static String header() {
        return "| what | operator | peer | result | target | met |\n|---|---|---|---|---|---|";
    }

    static Row rate(String what, double operator, double peer, double limit) {
        return new Row(
                what,
                format("%.0f/s", operator),
                format("%.0f/s", peer),
                format("%.2f ×", operator / peer),
                limit == 0 ? NONE : format("≥ %.1f ×", limit),
                operator / peer >= limit);
    }

    static Row number(String what, String shown, String target, boolean met) {
        return new Row(what, shown, NONE, shown, target, met);
    }

    static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        String verdict = target.equals(NONE) ? NONE : met ? "yes" : "**no**";
        return "| " + String.join(" | ", what, operator, peer, result, target, verdict) + " |";
    }
}
