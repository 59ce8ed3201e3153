package dev.imagemirror.operator.cli.view;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.reconcile.DryRun;
import dev.imagemirror.operator.text.Amounts;
import dev.imagemirror.operator.text.Cell;
import java.util.ArrayList;
import java.util.List;

/** What passes would do, for people. */
public final class PlanText {
    private final DryRun dryRun;
    private int copies;
    private int others;

    public PlanText(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    /** A line for each problem and pair of an entry. */
    public List<String> lines(EntryView before) {
        List<String> lines = new ArrayList<>();
        if (before.row() == null) {
            lines.add("- " + shown(before.key()) + ": its row is gone");
        }
        EntryRecords after = dryRun.after(before.key());
        after.entry().summary().problems().forEach(problem -> lines.add("! " + shown(before.key()) + ": " + problem));
        after.entry()
                .summary()
                .row()
                .notices()
                .forEach(notice -> lines.add("! " + shown(before.key()) + ": " + notice));
        String message = after.view(before.row()).hindrance();
        if (!message.isEmpty() && after.entry().summary().problems().isEmpty()) {
            lines.add("! " + shown(before.key()) + ": " + message);
        }
        for (PairStatus pair : after.view(before.row()).pairs()) {
            lines.add(line(pair));
        }
        before.pairs().stream()
                .filter(pair -> after.shown().stream()
                        .noneMatch(left -> left.destination().equals(pair.destination())))
                .forEach(pair ->
                        lines.add("- " + shown(pair.destination()) + ": no longer mirrored to; it stays as it is"));
        return lines;
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
        return mark(pair) + " " + shown(pair.pair().source()) + " -> " + shown(pair.destination()) + ": "
                + pair.state().word() + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static String shown(Object reference) {
        return Cell.of(reference.toString(), 2 * Cell.MOST);
    }

    private static String why(PairStatus pair) {
        return switch (pair.state().drift()) {
            case MISSING -> "Missing: the destination has no such tag";
            case STALE ->
                "Stale: the destination has "
                        + (pair.seen().destination() == null
                                        || pair.seen()
                                                .destination()
                                                .equals(pair.seen().source())
                                ? "not all that belongs to the image"
                                : pair.seen().destination());
            case IN_SYNC, UNKNOWN -> "a claim without a job was found";
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
