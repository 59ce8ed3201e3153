package dev.imagemirror.operator.testing;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.EntryRecords;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StatusTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every status table does with one process; {@link ClaimContract} has the claims. */
public abstract class StatusTableContract extends ClaimContract {
    @Test
    void hasNothingOfAnEntryNeverSeen() {
        assertThat(table().load(KEY).entry()).isEqualTo(EntryStatus.fresh(KEY));
        assertThat(table().load(KEY).pairs()).isEmpty();
    }

    @Test
    void keepsEveryFieldOfAPair() {
        PairStatus written = full(KEY.text(), "x.example/y:1");

        assertThat(table().change(List.of(written))).isTrue();

        assertThat(table().load(KEY).pairs()).containsExactly(written.at(1));
    }

    @Test
    void keepsAPairWithoutAnyOptionalField() {
        assertThat(table().write(fresh(KEY.text(), "x.example/y:1"))).isTrue();

        assertThat(table().load(KEY).pairs())
                .containsExactly(fresh(KEY.text(), "x.example/y:1").at(1));
    }

    @Test
    void removesFieldsThatArePresentNoMore() {
        table().change(List.of(full(KEY.text(), "x.example/y:1")));
        PairStatus emptied = fresh(KEY.text(), "x.example/y:1").at(1);

        assertThat(table().change(List.of(emptied))).isTrue();

        assertThat(table().load(KEY).pairs()).containsExactly(emptied.at(2));
    }

    @Test
    void keepsEveryFieldOfASummary() {
        assertThat(table().write(fullEntry(KEY.text()))).isTrue();

        assertThat(table().load(KEY).entry()).isEqualTo(fullEntry(KEY.text()).at(1));
    }

    @Test
    void replacesASummaryAsRead() {
        table().write(fullEntry(KEY.text()));

        assertThat(table().write(EntryStatus.fresh(KEY).at(1))).isTrue();

        assertThat(table().load(KEY).entry()).isEqualTo(EntryStatus.fresh(KEY).at(2));
    }

    @Test
    void refusesASummaryReadBeforeAnotherWrite() {
        table().write(fullEntry(KEY.text()));

        assertThat(table().write(EntryStatus.fresh(KEY))).isFalse();
        assertThat(table().write(EntryStatus.fresh(KEY).at(2))).isFalse();

        assertThat(table().load(KEY).entry()).isEqualTo(fullEntry(KEY.text()).at(1));
    }

    @Test
    void refusesAPairReadBeforeAnotherWrite() {
        PairStatus first = fresh(KEY.text(), "x.example/y:1");
        table().write(first);
        PairStatus late = first.in(PairState.idle(Drift.STALE), first.seen(), TestingValues.NOON);

        assertThat(table().write(late)).isFalse();
        assertThat(table().write(late.at(7))).isFalse();
        assertThat(table().change(List.of(late))).isFalse();

        assertThat(table().load(KEY).pairs()).containsExactly(first.at(1));
    }

    @Test
    void changesAllPairsOrNone() {
        PairStatus one = fresh(KEY.text(), "x.example/y:1");
        PairStatus two = fresh(KEY.text(), "x.example/y:2");
        table().write(two);

        assertThat(table().change(List.of(one, two))).isFalse();
        assertThat(table().load(KEY).pairs()).containsExactly(two.at(1));

        assertThat(table().change(List.of(one, two.at(1).withClaim(claim("aa")))))
                .isTrue();
        assertThat(table().load(KEY).pairs())
                .containsExactlyInAnyOrder(one.at(1), two.withClaim(claim("aa")).at(2));
    }

    @Test
    void removesAPairAsReadWithItsOwner() {
        PairStatus pair = fresh(KEY.text(), "x.example/y:1");
        table().write(pair);
        table().own(pair.destination(), KEY);

        assertThat(table().remove(pair)).as("changed since").isFalse();
        assertThat(table().remove(pair.at(1))).isTrue();

        assertThat(table().load(KEY).pairs()).isEmpty();
        assertThat(table().own(pair.destination(), OTHER)).as("free again").isEqualTo(OTHER);
    }

    @Test
    void removesAPairButNotAnothersOwnership() {
        PairStatus pair = fresh(KEY.text(), "x.example/y:1");
        table().write(pair);
        table().own(pair.destination(), OTHER);

        assertThat(table().remove(pair.at(1))).isTrue();

        assertThat(table().load(KEY).pairs()).isEmpty();
        assertThat(table().own(pair.destination(), KEY)).isEqualTo(OTHER);
    }

    @Test
    void keepsAPairThatHasAClaim() {
        PairStatus claimed = fresh(KEY.text(), "x.example/y:1").withClaim(claim("aa"));
        table().change(List.of(claimed));

        assertThat(table().remove(claimed.at(1))).isFalse();

        assertThat(table().load(KEY).pairs()).containsExactly(claimed.at(1));
    }

    @Test
    void removesASummaryAsRead() {
        table().write(fullEntry(KEY.text()));

        assertThat(table().remove(EntryStatus.fresh(KEY))).isFalse();
        assertThat(table().remove(EntryStatus.fresh(KEY).at(1))).isTrue();

        assertThat(table().load(KEY).entry()).isEqualTo(EntryStatus.fresh(KEY));
    }

    @Test
    void givesADestinationToTheFirstThatAsks() {
        ImageReference destination = ImageReference.parse("x.example/y:1");

        assertThat(table().own(destination, KEY)).isEqualTo(KEY);
        assertThat(table().own(destination, KEY)).isEqualTo(KEY);
        assertThat(table().own(destination, OTHER)).isEqualTo(KEY);
        assertThat(table().own(ImageReference.parse("x.example/y:2"), OTHER)).isEqualTo(OTHER);
    }

    @Test
    void takesTwoSpellingsOfADestinationForOne() {
        String plain = "123456789012.dkr.ecr.us-east-1.amazonaws.com/y:1";
        String fips = "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/y:1";

        table().own(ImageReference.parse(plain), KEY);

        assertThat(table().own(ImageReference.parse(fips), OTHER)).isEqualTo(KEY);
    }

    @Test
    void scansEverySummaryAndPairButNoOwner() {
        List<PairStatus> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PairStatus pair = fresh("a.example/b" + i + ":1", "x.example/y:" + i);
            table().write(pair);
            table().own(pair.destination(), pair.entry());
            expected.add(pair.at(1));
        }
        table().write(fullEntry(KEY.text()));
        List<PairStatus> pairs = Collections.synchronizedList(new ArrayList<>());
        List<EntryStatus> entries = Collections.synchronizedList(new ArrayList<>());

        table().scan(entries::add, pairs::add, item -> {});

        assertThat(pairs).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(entries).containsExactly(fullEntry(KEY.text()).at(1));
    }

    @Test
    void keepsEntriesApart() {
        table().write(fresh(KEY.text(), "x.example/y:1"));
        table().write(fresh(KEY.text() + "#team", "x.example/y:1"));
        EntryKey owned = new EntryKey(KEY.text() + "#team");

        assertThat(table().load(owned).pairs()).extracting(PairStatus::entry).containsExactly(owned);
    }

    @Test
    void exchangesAnOwnerThatIsAsItWasRead() {
        ImageReference destination = ImageReference.parse("x.example/exchanged:1");
        assertThat(table().ownerOf(destination)).isEmpty();
        table().own(destination, KEY);
        StatusTable.Owner owner = table().ownerOf(destination).orElseThrow();
        assertThat(owner.entry()).isEqualTo(KEY);

        assertThat(table().exchange(destination, new StatusTable.Owner(OTHER, owner.version()), OTHER))
                .isFalse();
        assertThat(table().exchange(destination, owner, OTHER)).isTrue();
        assertThat(table().exchange(destination, owner, KEY)).as("read before").isFalse();

        assertThat(table().own(destination, KEY)).isEqualTo(OTHER);
    }

    @Test
    void leavesAnOwnerItemOfANewerOperatorAlone() {
        PairStatus pair = fresh(KEY.text(), "x.example/y:1");
        table().write(pair);
        ownByNewerOperator(pair.destination(), KEY);
        StatusTable.Owner owner = table().ownerOf(pair.destination()).orElseThrow();

        assertThat(table().own(pair.destination(), OTHER)).isEqualTo(KEY);
        assertThatExceptionOfType(NewerOwnerException.class)
                .isThrownBy(() -> table().exchange(pair.destination(), owner, OTHER))
                .withMessageContaining("upgrade this operator")
                .satisfies(e -> assertThat(e.destination()).isEqualTo(pair.identity()));

        assertThat(table().ownerOf(pair.destination())).hasValue(owner);
    }

    @Test
    void removesAPairWithoutTheOwnerItemOfANewerOperator() {
        PairStatus pair = fresh(KEY.text(), "x.example/y:1");
        table().write(pair);
        ownByNewerOperator(pair.destination(), KEY);

        assertThat(table().remove(pair)).isFalse();
        assertThat(table().remove(pair.at(1))).isTrue();

        assertThat(table().load(KEY).pairs()).isEmpty();
        assertThat(table().ownerOf(pair.destination()).orElseThrow().entry()).isEqualTo(KEY);
    }

    @Test
    void keepsOneItemForTwoSpellingsOfADestination() {
        String plain = "123456789012.dkr.ecr.us-east-1.amazonaws.com/y:1";
        String fips = "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/y:1";
        table().write(fresh(KEY.text(), fips));
        assertThat(table().load(KEY).pairs().get(0).destination()).hasToString(fips);

        assertThat(table().write(fresh(KEY.text(), plain).at(1))).isTrue();

        assertThat(table().load(KEY).pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.destination()).hasToString(plain));
    }

    @Test
    void readsBackWhateverTheDomainLetsItWrite() {
        TestingStatuses statuses = new TestingStatuses(new Random(20_261_128));
        for (int i = 0; i < 300; i++) {
            PairStatus pair = statuses.pair("a.example/b" + i + ":1");
            EntryStatus summary = statuses.summary("a.example/b" + i + ":1");

            assertThat(table().change(List.of(pair))).isTrue();
            assertThat(table().write(summary)).isTrue();

            assertThat(table().load(pair.entry())).isEqualTo(new EntryRecords(summary.at(1), List.of(pair.at(1))));
        }
    }

    @Test
    void keepsTheLargestItems() {
        TestingStatuses statuses = new TestingStatuses(new Random(1));

        assertThat(table().change(List.of(statuses.largestPair(KEY.text())))).isTrue();
        assertThat(table().write(statuses.largestSummary(KEY.text(), "sha256"))).isTrue();
        assertThat(table().write(statuses.largestSummary(OTHER.text(), "sha512")))
                .isTrue();

        assertThat(table().load(KEY).refused().isEmpty()).isTrue();
    }

    @Test
    void keepsAnEntryApartFromTheOwnersUnderASimilarKey() {
        ImageReference destination = ImageReference.parse("x.example/y:1");
        EntryKey odd = new EntryKey("#owner/" + destination);
        table().own(destination, KEY);
        table().write(EntryStatus.fresh(odd));

        assertThat(table().load(odd).entry()).isEqualTo(EntryStatus.fresh(odd).at(1));
        assertThat(table().load(odd).pairs()).isEmpty();
        assertThat(table().own(destination, OTHER)).isEqualTo(KEY);
    }
}
