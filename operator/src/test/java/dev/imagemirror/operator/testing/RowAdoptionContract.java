package dev.imagemirror.operator.testing;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.RowAdoption;
import dev.imagemirror.operator.port.RowAdoption.Outcome;
import dev.imagemirror.operator.port.StatusTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every adoption does. */
public abstract class RowAdoptionContract {
    private static final String MANAGER = "prod/team/golang";
    private static final EntryKey OLD = new EntryKey("docker.io/library/golang:1.17");
    private static final EntryKey NEW = EntryKey.owned(OLD.text(), MANAGER);
    private static final String DESTINATION = "x.example/golang:1.17";

    /** Over {@link #mirrors} and {@link #statuses}. */
    protected abstract RowAdoption adoption();

    /** Empty at first; the same each time within a test. */
    protected abstract MirrorTable mirrors();

    /** Empty at first; the same each time within a test. */
    protected abstract StatusTable statuses();

    /** Puts a row as a person would, with whatever attributes. */
    protected abstract void putByHand(String source, Map<String, ?> attributes);

    @Test
    void aRowMadeByHandBecomesTheManagersWithAllThatIsKnownOfIt() {
        MirrorRow old = byHand();
        statuses().write(fullEntry(OLD.text()));
        statuses().change(List.of(full(OLD.text(), DESTINATION).withClaim(null)));
        PairStatus before = statuses().load(OLD).pairs().get(0);
        statuses().own(before.destination(), OLD);

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.ADOPTED);

        assertThat(mirrors().load(OLD)).isEmpty();
        assertThat(mirrors().load(NEW)).hasValue(declared(NEW));
        assertThat(statuses().load(OLD)).isEqualTo(new EntryRecords(EntryStatus.fresh(OLD), List.of()));
        EntryRecords after = statuses().load(NEW);
        assertThat(after.entry().tags()).isEqualTo(fullEntry(OLD.text()).tags());
        assertThat(after.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.entry()).isEqualTo(NEW);
            assertThat(pair.saysTheSameAs(before)).isTrue();
        });
        assertThat(statuses().ownerOf(before.destination()).map(StatusTable.Owner::entry))
                .hasValue(NEW);
    }

    @Test
    void aRowOfWhichNothingIsKnownIsAdopted() {
        assertThat(adoption().adopt(byHand(), declared(NEW))).isEqualTo(Outcome.ADOPTED);

        assertThat(mirrors().load(OLD)).isEmpty();
        assertThat(mirrors().load(NEW)).hasValue(declared(NEW));
    }

    @Test
    void aReleasedRowUnderTheSameKeyIsAdoptedWhereItStandsEvenWithACopyInFlight() {
        mirrors().put(declared(NEW), MANAGER);
        mirrors().release(NEW, MANAGER);
        PairStatus copying = full(NEW.text(), DESTINATION);
        statuses().change(List.of(copying));

        assertThat(adoption().adopt(mirrors().load(NEW).orElseThrow(), declared(NEW)))
                .isEqualTo(Outcome.ADOPTED);

        assertThat(mirrors().load(NEW)).hasValue(declared(NEW));
        assertThat(statuses().load(NEW).pairs()).containsExactly(copying.at(1));
    }

    @Test
    void nothingIsChangedWhileACopyIsInFlight() {
        MirrorRow old = byHand();
        statuses().change(List.of(full(OLD.text(), DESTINATION).withClaim(claim("c0ffee"))));

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.COPYING);

        assertThat(mirrors().load(OLD)).hasValue(old);
        assertThat(mirrors().load(NEW)).isEmpty();
        assertThat(statuses().load(OLD).pairs()).hasSize(1);
    }

    @Test
    void nothingIsChangedIfTheRowIsNotAsItWasRead() {
        MirrorRow old = byHand();
        putByHand(OLD.text(), Map.of(MirrorRow.DESTINATION, DESTINATION + "," + "y.example/more:1"));

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.CHANGED);

        assertThat(mirrors().load(OLD).orElseThrow().attributes().get(MirrorRow.DESTINATION))
                .asString()
                .contains("more");
        assertThat(mirrors().load(NEW)).isEmpty();
    }

    @Test
    void nothingIsChangedIfSomebodyElseHasTheDeclaredRow() {
        MirrorRow old = byHand();
        putByHand(NEW.text(), Map.of(MirrorRow.DESTINATION, "y.example/other:1"));

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.CHANGED);

        assertThat(mirrors().load(OLD)).hasValue(old);
        assertThat(mirrors().load(NEW).orElseThrow().attributes())
                .containsEntry(MirrorRow.DESTINATION, "y.example/other:1");
    }

    @Test
    void aDeclaredRowThatWaitsForTheDestinationGetsIt() {
        MirrorRow old = byHand();
        mirrors().put(declared(NEW), MANAGER);
        PairStatus winner = full(OLD.text(), DESTINATION).withClaim(null);
        PairStatus loser = full(NEW.text(), DESTINATION).withClaim(null);
        statuses().change(List.of(winner));
        statuses().change(List.of(loser));
        statuses().own(winner.destination(), OLD);

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.ADOPTED);

        assertThat(mirrors().load(OLD)).isEmpty();
        assertThat(statuses().load(OLD).pairs()).isEmpty();
        assertThat(statuses().load(NEW).pairs()).containsExactly(loser.at(1));
        assertThat(statuses().ownerOf(winner.destination()).map(StatusTable.Owner::entry))
                .hasValue(NEW);
    }

    @Test
    void aDestinationThatAThirdRowHasStaysWithIt() {
        MirrorRow old = byHand();
        PairStatus pair = full(OLD.text(), DESTINATION).withClaim(null);
        EntryKey third = new EntryKey("docker.io/library/third:1");
        statuses().change(List.of(pair));
        statuses().own(pair.destination(), third);

        assertThat(adoption().adopt(old, declared(NEW))).isEqualTo(Outcome.ADOPTED);

        assertThat(statuses().ownerOf(pair.destination()).map(StatusTable.Owner::entry))
                .hasValue(third);
        assertThat(statuses().load(NEW).pairs()).hasSize(1);
    }

    private MirrorRow byHand() {
        putByHand(OLD.text(), Map.of(MirrorRow.DESTINATION, DESTINATION));
        return mirrors().load(OLD).orElseThrow();
    }

    private static MirrorRow declared(EntryKey key) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(MirrorRow.DESTINATION, List.of(DESTINATION));
        attributes.put(MirrorRow.MANAGED_BY, MANAGER);
        attributes.put(MirrorRow.REVISION, "r2");
        return new MirrorRow(key, attributes);
    }
}
