package dev.imagemirror.operator.testing;

import dev.imagemirror.operator.port.ClusterNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of clusters in memory. Thread-safe. */
public final class TestingClusterNames implements ClusterNames {
    private final Map<String, String> uids = new ConcurrentHashMap<>();

    @Override
    public String claim(String name, String uid) {
        String holder = uids.putIfAbsent(name, uid);
        return holder == null ? uid : holder;
    }
}
