package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks for passes over a policy's rows, once a token. What was asked is kept in the rows; here it is remembered as well, so
 * that a policy whose annotation stays costs no writes, but for one round after a restart. Thread-safe.
 */
final class SyncRequests {
    private final MirrorTable table;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    SyncRequests(MirrorTable table) {
        this.table = table;
    }

    /** @param token null if nothing is asked for */
    void make(String manager, @Nullable String token, List<MirrorRow> rows) {
        if (token == null || token.equals(made.get(manager))) {
            return;
        }
        rows.forEach(row -> table.request(row.key(), manager, token));
        made.put(manager, token);
    }

    void forget(String manager) {
        made.remove(manager);
    }
}
