package dev.imagemirror.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.MirrorTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every mirror table does. */
public abstract class MirrorTableContract {
    private static final EntryKey KEY = new EntryKey("docker.io/library/golang:1.17");
    private static final Map<String, Object> EVERYTHING = Map.of(
            MirrorRow.DESTINATION,
            Set.of("a.example/x:1", "b.example/x:1"),
            MirrorRow.EXPIRES,
            new BigDecimal("1900000000"),
            "Tags",
            Map.of("Include", List.of("1.*", "2.*"), "Semver", ">=1", "Latest", new BigDecimal("3")),
            "Interval",
            "15m",
            "MinAge",
            "24h",
            "Suspend",
            true,
            "Referrers",
            false,
            MirrorRow.MANAGED_BY,
            "file/one",
            MirrorRow.REVISION,
            "abc");

    /** An empty table. */
    protected abstract MirrorTable table();

    /** Puts a row as a person would, with whatever attributes. */
    protected abstract void putByHand(String source, Map<String, ?> attributes);

    @Test
    void loadsWhatIsInTheRow() {
        MirrorTable table = table();
        putByHand(KEY.text(), EVERYTHING);

        assertThat(table.load(KEY)).hasValue(new MirrorRow(KEY, EVERYTHING));
    }

    @Test
    void loadsARowThatHasNothingButItsKey() {
        MirrorTable table = table();
        putByHand(KEY.text(), Map.of());

        assertThat(table.load(KEY)).hasValue(new MirrorRow(KEY, Map.of()));
    }

    @Test
    void hasNoRowThatNobodyPut() {
        assertThat(table().load(KEY)).isEmpty();
    }

    @Test
    void leavesUnknownAttributesOut() {
        MirrorTable table = table();
        putByHand(KEY.text(), Map.of(MirrorRow.DESTINATION, "x/y:1", "Comment", "mine"));

        assertThat(table.load(KEY).orElseThrow().attributes()).containsOnlyKeys(MirrorRow.DESTINATION);
    }

    @Test
    void scansEveryRowOnce() {
        MirrorTable table = table();
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sources.add("registry.example/image-" + i + ":1");
            putByHand(sources.get(i), Map.of(MirrorRow.DESTINATION, "x/y:" + i));
        }
        List<MirrorRow> rows = Collections.synchronizedList(new ArrayList<>());

        table.scan(rows::add);

        assertThat(rows).extracting(row -> row.key().text()).containsExactlyInAnyOrderElementsOf(sources);
        assertThat(rows).allMatch(row -> row.attributes().containsKey(MirrorRow.DESTINATION));
    }

    @Test
    void putsADeclaredRowWhole() {
        MirrorTable table = table();
        MirrorRow smaller = declared("file/one", "x/y:2");

        assertThat(table.put(new MirrorRow(KEY, EVERYTHING), "file/one")).isTrue();
        assertThat(table.put(smaller, "file/one")).isTrue();

        assertThat(table.load(KEY)).hasValue(smaller);
    }

    @Test
    void leavesRowsOfOtherManagersAlone() {
        MirrorTable table = table();
        MirrorRow theirs = declared("file/other", "x/y:1");
        table.put(theirs, "file/other");

        assertThat(table.put(declared("file/one", "x/y:2"), "file/one")).isFalse();
        assertThat(table.delete(KEY, "file/one")).isFalse();

        assertThat(table.load(KEY)).hasValue(theirs);
    }

    @Test
    void leavesARowMadeByHandAlone() {
        MirrorTable table = table();
        putByHand(KEY.text(), Map.of(MirrorRow.DESTINATION, "x/y:1"));

        assertThat(table.put(declared("file/one", "x/y:2"), "file/one")).isFalse();
        assertThat(table.delete(KEY, "file/one")).isFalse();

        assertThat(table.load(KEY).orElseThrow().attributes()).containsEntry(MirrorRow.DESTINATION, "x/y:1");
    }

    @Test
    void deletesADeclaredRow() {
        MirrorTable table = table();
        table.put(declared("file/one", "x/y:1"), "file/one");

        assertThat(table.delete(KEY, "file/one")).isTrue();
        assertThat(table.load(KEY)).isEmpty();
        assertThat(table.delete(KEY, "file/one")).as("already gone").isTrue();
    }

    @Test
    void releasesADeclaredRowWhichLivesOnWithoutAManager() {
        MirrorTable table = table();
        table.put(new MirrorRow(KEY, EVERYTHING), "file/one");

        assertThat(table.release(KEY, "file/one")).isTrue();

        Map<String, Object> rest = new HashMap<>(EVERYTHING);
        rest.keySet().removeAll(List.of(MirrorRow.MANAGED_BY, MirrorRow.REVISION));
        assertThat(table.load(KEY)).hasValue(new MirrorRow(KEY, rest));
        assertThat(table.release(KEY, "file/one")).as("it is nobody's now").isFalse();
    }

    @Test
    void releasesOnlyRowsOfTheManager() {
        MirrorTable table = table();
        MirrorRow theirs = declared("file/other", "x/y:1");
        table.put(theirs, "file/other");
        putByHand("a/hand:1", Map.of(MirrorRow.DESTINATION, "x/z:1"));

        assertThat(table.release(KEY, "file/one")).isFalse();
        assertThat(table.release(new EntryKey("a/hand:1"), "file/one")).isFalse();
        assertThat(table.release(new EntryKey("a/gone:1"), "file/one"))
                .as("already gone")
                .isTrue();

        assertThat(table.load(KEY)).hasValue(theirs);
        assertThat(table.load(new EntryKey("a/gone:1"))).isEmpty();
    }

    @Test
    void asksForAPassOnceATokenAndLeavesTheRowAsItMeans() {
        MirrorTable table = table();
        MirrorRow row = declared("file/one", "x/y:1");
        table.put(row, "file/one");

        assertThat(table.request(KEY, "file/one", "now")).isTrue();
        assertThat(table.request(KEY, "file/one", "now")).isFalse();
        assertThat(table.request(KEY, "file/one", "again")).isTrue();

        assertThat(table.load(KEY)).hasValue(row);
    }

    @Test
    void asksForNoPassOverARowOfSomebodyElseOrOneThatIsNotThere() {
        MirrorTable table = table();
        table.put(declared("file/other", "x/y:1"), "file/other");

        assertThat(table.request(KEY, "file/one", "now")).isFalse();
        assertThat(table.request(new EntryKey("a/gone:1"), "file/one", "now")).isFalse();

        assertThat(table.load(new EntryKey("a/gone:1"))).isEmpty();
        assertThat(table.request(KEY, "file/other", "now"))
                .as("not asked before")
                .isTrue();
    }

    private static MirrorRow declared(String manager, String destination) {
        return new MirrorRow(KEY, Map.of(MirrorRow.MANAGED_BY, manager, MirrorRow.DESTINATION, destination));
    }
}
