package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.reconcile.dry.DryRun;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.operator.text.Cell;
import java.util.ArrayList;
import java.util.List;

/** Renders a plan as text. */
public final class PlanText {
    private final DryRun dryRun;
    private int copies;
    private int others;
    private boolean needsAttention;

    public PlanText(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    /** A line for each problem and pair of an entry. */
    public List<String> lines(EntryView before) {
        List<String> lines = new ArrayList<>();
        if (before.row() == null) {
            lines.add("- " + shown(before.key()) + ": the row was deleted");
        }
        EntryRecords after = dryRun.after(before.key());
        after.entry().summary().problems().forEach(problem -> lines.add(fault(before.key(), problem)));
        after.entry()
                .summary()
                .row()
                .notices()
                .forEach(notice -> lines.add("! " + shown(before.key()) + ": " + notice));
        EntryView view = after.view(before.row());
        String message = view.blocker();
        if (!message.isEmpty() && after.entry().summary().problems().isEmpty()) {
            boolean passesByItself = after.entry().summary().message().isEmpty() && !view.isRefused();
            lines.add(passesByItself ? "! " + shown(before.key()) + ": " + message : fault(before.key(), message));
        }
        for (PairStatus pair : view.pairs()) {
            lines.add(line(pair));
        }
        before.pairs().stream()
                .filter(pair -> after.shown().stream()
                        .noneMatch(left -> left.destination().equals(pair.destination())))
                .forEach(pair ->
                        lines.add("- " + shown(pair.destination()) + ": no longer mirrored; the image stays there"));
        return lines;
    }

    /** True if an entry as a whole has a fault, or a pair is blocked: if a line has {@code !} and is not a notice. */
    public boolean needsAttention() {
        return needsAttention;
    }

    private String fault(EntryKey entry, String words) {
        needsAttention = true;
        return "! " + shown(entry) + ": " + words;
    }

    public String summary() {
        return Amounts.count(copies, "pair", "pairs") + " would be copied, " + others + " not";
    }

    private String line(PairStatus pair) {
        Claim claim = pair.claim();
        if (claim != null && dryRun.wouldSubmit(claim)) {
            copies++;
            return "+ would copy " + shown(pair.pair().source().withDigest(claim.digest())) + " -> "
                    + shown(pair.destination()) + " (" + why(pair) + ")";
        }
        others++;
        String reason = EntryView.reason(pair);
        String mark = mark(pair);
        needsAttention |= mark.equals("!");
        return mark + " " + shown(pair.pair().source()) + " -> " + shown(pair.destination()) + ": "
                + pair.state().word() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static String shown(Object reference) {
        return Cell.of(reference.toString(), 2 * Cell.MOST);
    }

    private static String why(PairStatus pair) {
        return switch (pair.state().drift()) {
            case MISSING -> "Missing: no such tag at the destination";
            case STALE ->
                "Stale: the destination has "
                        + (pair.seen().destination() == null
                                        || pair.seen()
                                                .destination()
                                                .equals(pair.seen().source())
                                ? "an incomplete set of referrers"
                                : pair.seen().destination());
            case IN_SYNC, UNKNOWN -> "found a claim without a job";
        };
    }

    private static String mark(PairStatus pair) {
        if (pair.state().isRefused()) {
            return "!";
        }
        return switch (pair.state().phase()) {
            case IDLE -> "=";
            case BLOCKED -> "!";
            case WAITING, COPYING -> "~";
        };
    }
}
