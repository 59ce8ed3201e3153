package dev.imagemirror.operator.cli;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.policy.Policy;
import dev.imagemirror.registry.http.AddressRule;
import java.util.ArrayList;
import java.util.List;

/** Registries in policies that no configuration allows, such as link-local addresses: the operator rejects them. */
final class NeverAllowed {
    private NeverAllowed() {}

    /** An error for each, worded like the operator's. */
    static List<String> in(Policy policy) {
        List<String> errors = new ArrayList<>();
        for (MirrorRow row : policy.rows()) {
            if (EntryParser.parse(row) instanceof ParsedEntry.Valid valid) {
                check(policy, valid.entry(), errors);
            }
        }
        return errors;
    }

    private static void check(Policy policy, MirrorEntry entry, List<String> errors) {
        String place = policy.name() + ": source " + entry.source() + ": ";
        AddressRule.neverAllowed(entry.source().registry()).ifPresent(refusal -> errors.add(place + refusal));
        for (ImageReference destination : entry.destinations()) {
            AddressRule.neverAllowed(destination.registry())
                    .ifPresent(refusal -> errors.add(place + "destination " + destination + ": " + refusal));
        }
    }
}
