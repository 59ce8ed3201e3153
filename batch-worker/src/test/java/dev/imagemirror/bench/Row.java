package dev.imagemirror.bench;

import java.util.Locale;

/**
 * One row of the table.
 *
 * @param what is measured
 * @param mirror our number, with unit
 * @param skopeo the peer's, with unit; or a dash
 * @param result what the target is about: a ratio, or our number again
 * @param target in words, or a dash: told for comparison only
 * @param met whether the target was reached in this run
 */
record Row(String what, String mirror, String skopeo, String result, String target, boolean met) {

    private static final String NONE = "–";

    static String header() {
        return "| what | mirror | skopeo | result | target | met |\n|---|---|---|---|---|---|";
    }

    static Row ratio(String what, Samples mirror, Samples skopeo, String unit, double limit) {
        double ratio = mirror.median() / skopeo.median();
        return new Row(
                what,
                mirror.show(unit),
                skopeo.show(unit),
                String.format(Locale.ROOT, "%.2f ×", ratio),
                String.format(Locale.ROOT, "≤ %.1f ×", limit),
                ratio <= limit);
    }

    static Row comparison(String what, Samples mirror, Samples skopeo, String unit) {
        Row row = ratio(what, mirror, skopeo, unit, 1);
        return new Row(what, row.mirror, row.skopeo, row.result, NONE, true);
    }

    @Override
    public String toString() {
        String verdict = target.equals(NONE) ? NONE : met ? "yes" : "**no**";
        return "| " + String.join(" | ", what, mirror, skopeo, result, target, verdict) + " |";
    }
}
