package dev.imagemirror.operator.policy;

import dev.imagemirror.operator.domain.MirrorRow;
import java.util.List;

/**
 * A declared policy as rows.
 *
 * @param name {@code metadata.name}
 * @param manager its rows' {@code ManagedBy} value
 * @param rows the wanted rows
 */
public record Policy(String name, String manager, List<MirrorRow> rows) {
    /** Copies the list. */
    public Policy {
        rows = List.copyOf(rows);
    }
}
