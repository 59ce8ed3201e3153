package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests passes over a policy's rows, once per token. The token is stored in the rows and also remembered here, so
 * that an annotation left in place costs no writes except one round after a restart. Thread-safe.
 */
final class SyncRequests {
    private final MirrorTable table;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    SyncRequests(MirrorTable table) {
        this.table = table;
    }

    /** @param token null if there is no request */
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
