package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.DeletionPolicy;
import dev.imagemirror.crds.Mirror;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicySpec;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.StateCounts;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingRowAdoption;
import dev.imagemirror.operator.testing.TestingStatusTable;
import dev.imagemirror.testing.MutableClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Both tables in memory, a catalog that follows them when told to, and policies of one cluster. */
final class PolicyScene {
    static final String CLUSTER = "prod";
    static final String TEAM = "team-a";

    final MutableClock clock = MutableClock.atSomeInstant();
    final TestingMirrorTable mirrors = new TestingMirrorTable();
    final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    final EntryCatalog catalog = new EntryCatalog(mirrors, statuses, new AtomicLong()::incrementAndGet);
    final List<String> triggered = new ArrayList<>();
    NamespaceLimits limits = NamespaceLimits.NONE;
    private PolicyRows rows;

    /** The front-end's process, begun anew with what the tables hold. */
    PolicyRows rows() {
        if (rows == null) {
            RowIndex index = new RowIndex(catalog, triggered::add);
            follow();
            Adopter adopter = new Adopter(new TestingRowAdoption(mirrors, statuses), catalog, index);
            RowSync sync = new RowSync(mirrors, catalog, index, adopter);
            rows = new PolicyRows(catalog, index, sync, new SyncRequests(mirrors), limits);
        }
        return rows;
    }

    /** The catalog hears of all that has changed. */
    void follow() {
        catalog.lost();
        catalog.refresh();
    }

    PolicyRows.Found reconcile(MirrorPolicy policy) {
        return rows().reconcile(name(policy), policy);
    }

    void letGo(MirrorPolicy policy) {
        rows().letGo(name(policy), policy);
    }

    static PolicyName name(MirrorPolicy policy) {
        return new PolicyName(
                CLUSTER,
                policy.getMetadata().getNamespace(),
                policy.getMetadata().getName());
    }

    /** All rows by key. */
    Map<String, MirrorRow> table() {
        Map<String, MirrorRow> found = new HashMap<>();
        mirrors.scan(row -> found.put(row.key().text(), row));
        return found;
    }

    /** The loop looks at every row and leaves all its pairs like that. */
    void loopLeaves(PairState state) {
        for (MirrorRow row : table().values()) {
            loopLeaves(row, state);
        }
        follow();
    }

    /** The loop looks at a row and leaves all its pairs like that. */
    void loopLeaves(MirrorRow row, PairState state) {
        MirrorEntry entry = WantedRows.entry(row);
        entry.pairs(null).forEach(pair -> {
            PairStatus known =
                    statuses.pair(row.key().text(), pair.destination().toString());
            PairStatus before = known == null ? PairStatus.fresh(row.key(), pair) : known;
            statuses.write(before.in(state, before.seen(), clock.instant()));
        });
        EntryStatus known = statuses.entry(row.key().text());
        long version = known == null ? 0 : known.version();
        boolean ready = state.drift() == Drift.IN_SYNC;
        statuses.write(new EntryStatus(
                row.key(),
                new EntryStatus.Summary(
                        new EntryStatus.RowSeen(
                                entry.options().find(RowAttributes.REVISION).orElse(null), null, List.of()),
                        ready,
                        StateCounts.NONE,
                        List.of(),
                        ""),
                Map.of(),
                clock.instant(),
                version));
    }

    static MirrorPolicy policy(String name, Mirror... mirrors) {
        return policy(TEAM, name, mirrors);
    }

    static MirrorPolicy policy(String namespace, String name, Mirror... mirrors) {
        MirrorPolicy policy = new MirrorPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withGeneration(1L)
                .build());
        policy.setSpec(new MirrorPolicySpec(false, null, DeletionPolicy.DELETE, List.of(mirrors)));
        return policy;
    }

    static MirrorPolicy orphaning(MirrorPolicy policy) {
        policy.setSpec(new MirrorPolicySpec(
                false, null, DeletionPolicy.ORPHAN, policy.getSpec().mirrors()));
        return policy;
    }

    static MirrorPolicy annotated(MirrorPolicy policy, String name, String value) {
        policy.getMetadata().setAnnotations(Map.of(name, value));
        return policy;
    }

    static Mirror mirror(String source, String... destinations) {
        return new Mirror(source, List.of(destinations));
    }

    static String key(String source, String policy) {
        return EntryKey.owned(source, CLUSTER + "/" + TEAM + "/" + policy).text();
    }

    /** Asks for a pass that changes nothing. */
    static void touch(MirrorPolicy policy) {
        annotated(policy, Annotations.SYNC_NOW, "touched");
    }
}
