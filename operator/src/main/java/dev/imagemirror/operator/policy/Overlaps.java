package dev.imagemirror.operator.policy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conflicts between policies that are valid on their own: shared destinations and cycles. */
public final class Overlaps {
    private record Declared(String policy, MirrorEntry entry) {}

    private final List<Declared> all = new ArrayList<>();
    private final EntryIndex index = new EntryIndex();
    private final List<String> errors = new ArrayList<>();

    private Overlaps(List<Policy> policies) {
        for (Policy policy : policies) {
            policy.rows().forEach(row -> {
                if (EntryParser.parse(row) instanceof ParsedEntry.Valid valid) {
                    all.add(new Declared(policy.name(), valid.entry()));
                    index.put(row, valid);
                }
            });
        }
    }

    /** Errors, each naming policy and source; does not cover tag selections, which only resolve when mirrored. */
    public static List<String> of(List<Policy> policies) {
        Overlaps overlaps = new Overlaps(policies);
        overlaps.find();
        return overlaps.errors;
    }

    private void find() {
        Map<ImageReference, Declared> owners = new HashMap<>();
        for (Declared declared : all) {
            if (declared.entry().tags() == null) {
                declared.entry().pairs(null).forEach(pair -> check(declared, pair, owners));
            } else {
                declared.entry().destinations().forEach(destination -> checkSelection(declared, destination));
            }
        }
    }

    private void check(Declared declared, Pair pair, Map<ImageReference, Declared> owners) {
        Declared owner = owners.putIfAbsent(pair.identity(), declared);
        if (owner != null) {
            error(
                    declared,
                    pair.destination() + " is also a destination of "
                            + owner.entry().source() + " (policy " + owner.policy()
                            + "); remove it from one of them");
        } else if (index.leadsBack(pair)) {
            boolean itself = pair.identity().equals(pair.source().identity());
            error(
                    declared,
                    pair.destination()
                            + (itself
                                    ? " is the source itself; write another repository or tag"
                                    : " leads back to the source through other mirrors; remove one of them"));
        }
    }

    private void checkSelection(Declared declared, ImageReference destination) {
        if (destination
                .identity()
                .name()
                .equals(declared.entry().source().identity().name())) {
            error(declared, destination + " is the source itself; write another repository");
        }
    }

    private void error(Declared declared, String fault) {
        errors.add(declared.policy() + ": source " + declared.entry().source() + ": destination " + fault);
    }
}
