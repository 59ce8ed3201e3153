package dev.imagemirror.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.policy.PolicyChanges.Change;
import dev.imagemirror.operator.policy.PolicyChanges.Kind;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {
    private static final String MANAGER = "file/team";
    private static final MirrorRow ONE = managed("a/one#file/team", "b.example/one");
    private static final MirrorRow TWO = managed("a/two#file/team", "b.example/two");

    private final TestingMirrorTable table = new TestingMirrorTable();
    private final PolicyChanges changes = new PolicyChanges(table);

    @Test
    void kindsFollowFromWhatStandsInTheTable() {
        table.put(ONE, MANAGER);
        table.put(managed("a/two#file/team", "b.example/old"), MANAGER);
        table.put(managed("a/gone#file/team", "b.example/gone"), MANAGER);
        MirrorRow three = managed("a/three#file/team", "b.example/three");
        assertThat(changes.compare(List.of(policy(ONE, TWO, three)), false).changes())
                .extracting(Change::kind, change -> change.key().text())
                .containsExactly(
                        tuple(Kind.KEEP, "a/one#file/team"),
                        tuple(Kind.CHANGE, "a/two#file/team"),
                        tuple(Kind.ADD, "a/three#file/team"),
                        tuple(Kind.REMOVE, "a/gone#file/team"));
    }

    @Test
    void madeChangesLeaveNothingToDo() {
        table.put(managed("a/gone#file/team", "b.example/gone"), MANAGER);
        assertThat(changes.compare(List.of(policy(ONE, TWO)), false).changes()).allMatch(changes::make);
        assertThat(changes.compare(List.of(policy(ONE, TWO)), false).changes())
                .extracting(Change::kind)
                .containsExactly(Kind.KEEP, Kind.KEEP);
    }

    @Test
    void rowsOfOthersAreNeitherRemovedNorChanged() {
        MirrorRow foreign = new MirrorRow(
                ONE.key(), Map.of(MirrorRow.DESTINATION, "c.example/x", MirrorRow.MANAGED_BY, "file/other"));
        table.put(foreign, "file/other");
        List<Change> found = changes.compare(List.of(policy(ONE)), false).changes();
        assertThat(found).extracting(Change::kind).containsExactly(Kind.ADD);
        assertThat(changes.make(found.get(0))).isFalse();
        assertThat(table.load(ONE.key())).contains(foreign);
        assertThat(changes.compare(List.of(policy()), false).changes()).isEmpty();
    }

    @Test
    void policiesOfFilesThatAreNotAmongTheseAreNamedOrPruned() {
        table.put(ONE, MANAGER);
        table.put(managed("a/old#file/old", "b.example/old", "file/old"), "file/old");
        table.put(managed("a/c#cluster/n/p", "b.example/c", "cluster/n/p"), "cluster/n/p");
        table.row("a/hand", "b.example/hand");

        PolicyChanges.Comparison kept = changes.compare(List.of(policy(ONE)), false);
        assertThat(kept.left()).containsExactly(Map.entry("file/old", 1));
        assertThat(kept.changes()).extracting(Change::kind).containsExactly(Kind.KEEP);

        PolicyChanges.Comparison pruned = changes.compare(List.of(policy(ONE)), true);
        assertThat(pruned.left()).isEmpty();
        assertThat(pruned.changes())
                .extracting(Change::kind, change -> change.key().text())
                .containsExactly(tuple(Kind.KEEP, "a/one#file/team"), tuple(Kind.REMOVE, "a/old#file/old"));
    }

    @Test
    void rowThatAnotherTookMeanwhileIsNotRemoved() {
        table.put(ONE, MANAGER);
        List<Change> found = changes.compare(List.of(policy()), false).changes();
        table.delete(ONE.key(), MANAGER);
        MirrorRow foreign = new MirrorRow(ONE.key(), Map.of(MirrorRow.MANAGED_BY, "file/other"));
        table.put(foreign, "file/other");
        assertThat(found).extracting(Change::kind).containsExactly(Kind.REMOVE);
        assertThat(changes.make(found.get(0))).isFalse();
        assertThat(table.load(ONE.key())).contains(foreign);
    }

    @Test
    void editOfOneAttributeIsAChangeThoughTheRevisionIsTheSame() {
        Map<String, Object> edited = new HashMap<>(ONE.attributes());
        edited.put("Suspend", true);
        table.put(new MirrorRow(ONE.key(), edited), MANAGER);
        assertThat(changes.compare(List.of(policy(ONE)), false).changes())
                .extracting(Change::kind)
                .containsExactly(Kind.CHANGE);
    }

    private static Policy policy(MirrorRow... rows) {
        return new Policy("team", MANAGER, List.of(rows));
    }

    private static MirrorRow managed(String key, String destination) {
        return managed(key, destination, MANAGER);
    }

    private static MirrorRow managed(String key, String destination, String manager) {
        return new MirrorRow(
                new EntryKey(key),
                Map.of(
                        MirrorRow.DESTINATION,
                        List.of(destination),
                        MirrorRow.MANAGED_BY,
                        manager,
                        MirrorRow.REVISION,
                        "r1"));
    }
}
