package dev.imagemirror.operator.testing;

import static dev.imagemirror.operator.testing.TestingValues.claim;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.ClaimResult;
import dev.imagemirror.operator.port.NewerOwnerException;
import dev.imagemirror.operator.port.StatusTable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every status table does with claims. */
public abstract class ClaimContract {
    static final EntryKey KEY = new EntryKey("docker.io/library/golang:1.17");
    static final EntryKey OTHER = new EntryKey("docker.io/library/alpine:3");
    private static final Map<String, Object> ATTRIBUTES = Map.of(
            MirrorRow.DESTINATION,
            Set.of("x.example/y:1", "x.example/y:2"),
            MirrorRow.EXPIRES,
            new BigDecimal("1900000000"),
            "Tags",
            Map.of("Include", List.of("1.*"), "Latest", new BigDecimal("3")),
            "Interval",
            "15m",
            "Suspend",
            false);

    /** The table, empty at first; the same each time within a test. */
    protected abstract StatusTable table();

    /** Puts a row as a person would, with whatever attributes. */
    protected abstract void putByHand(String source, Map<String, ?> attributes);

    /** Removes a row as a person would. */
    protected abstract void removeByHand(String source);

    /** Makes an entry a destination's owner, by an item that a newer operator wrote. */
    protected abstract void ownByNewerOperator(ImageReference destination, EntryKey key);

    @Test
    void claimsAllPairsOfAJob() {
        MirrorRow row = row(ATTRIBUTES);
        PairStatus known = pair("1");
        table().write(known);

        ClaimResult result = table().claim(row, List.of(claimed(known.at(1)), claimed(pair("2"))));

        assertThat(result).isEqualTo(new ClaimResult.Claimed());
        assertThat(table().load(KEY).pairs())
                .containsExactlyInAnyOrder(
                        claimed(known).at(2), claimed(pair("2")).at(1));
        assertThat(table().own(known.destination(), OTHER)).isEqualTo(KEY);
    }

    @Test
    void claimsThirtyPairsAtOnce() {
        MirrorRow row = row(ATTRIBUTES);
        List<PairStatus> pairs =
                IntStream.range(0, 30).mapToObj(i -> claimed(pair("tag-" + i))).toList();

        assertThat(table().claim(row, pairs)).isEqualTo(new ClaimResult.Claimed());
        assertThat(table().change(pairs.stream().map(pair -> pair.at(1)).toList()))
                .isTrue();

        assertThat(table().load(KEY).pairs()).hasSize(30).allMatch(pair -> pair.version() == 2);
    }

    @Test
    void claimsForARowWithAHugeAttribute() {
        List<String> destinations = IntStream.range(0, 2_000)
                .mapToObj(i -> "registry-" + i + ".example/" + "deep/".repeat(30) + "image:" + i)
                .toList();
        MirrorRow row = row(Map.of(MirrorRow.DESTINATION, destinations));

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Claimed());
    }

    @Test
    void claimsForARowWithNothingButItsKey() {
        assertThat(table().claim(row(Map.of()), List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Claimed());
    }

    @Test
    void claimsAgainOnceReleased() {
        MirrorRow row = row(ATTRIBUTES);
        table().claim(row, List.of(claimed(pair("1"))));
        table().change(List.of(pair("1").at(1)));

        assertThat(table().claim(row, List.of(claimed(pair("1").at(2))))).isEqualTo(new ClaimResult.Claimed());
    }

    @Test
    void doesNotClaimAPairThatHasAClaim() {
        MirrorRow row = row(ATTRIBUTES);
        table().claim(row, List.of(claimed(pair("1"))));
        PairStatus again = pair("1").withClaim(claim("bb")).at(1);

        assertThat(table().claim(row, List.of(claimed(pair("2")), again))).isEqualTo(new ClaimResult.Changed());

        assertThat(table().load(KEY).pairs()).containsExactly(claimed(pair("1")).at(1));
    }

    @Test
    void doesNotClaimAPairThatHasChanged() {
        MirrorRow row = row(ATTRIBUTES);
        table().write(pair("1"));

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Changed());

        assertThat(table().load(KEY).pairs()).containsExactly(pair("1").at(1));
        assertThat(table().own(pair("1").destination(), OTHER)).as("not owned").isEqualTo(OTHER);
    }

    @Test
    void namesTheOwnerOfADestination() {
        MirrorRow row = row(ATTRIBUTES);
        table().own(pair("2").destination(), OTHER);

        ClaimResult result = table().claim(row, List.of(claimed(pair("1")), claimed(pair("2"))));

        assertThat(result).isEqualTo(new ClaimResult.Owned(pair("2").destination(), OTHER));
        assertThat(table().load(KEY).pairs()).isEmpty();
    }

    @Test
    void saysChangedFirstIfADestinationHasAnotherOwnerToo() {
        MirrorRow row = row(ATTRIBUTES);
        table().own(pair("2").destination(), OTHER);
        table().write(pair("1"));

        assertThat(table().claim(row, List.of(claimed(pair("1")), claimed(pair("2")))))
                .isEqualTo(new ClaimResult.Changed());
    }

    @Test
    void claimsADestinationThatItOwns() {
        MirrorRow row = row(ATTRIBUTES);
        table().own(pair("1").destination(), KEY);

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Claimed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Destination",
                "Expires",
                "Tags",
                "Interval",
                "Suspend",
                "MinAge",
                "Referrers",
                "ManagedBy",
                "Revision"
            })
    void doesNotClaimForARowWithAnEditedAttribute(String attribute) {
        MirrorRow row = row(ATTRIBUTES);
        Map<String, Object> edited = new HashMap<>(ATTRIBUTES);
        edited.put(attribute, "edited");
        putByHand(KEY.text(), edited);

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Changed());
        assertThat(table().load(KEY).pairs()).isEmpty();
    }

    @Test
    void doesNotClaimForARowThatLostAnAttribute() {
        MirrorRow row = row(ATTRIBUTES);
        Map<String, Object> edited = new HashMap<>(ATTRIBUTES);
        edited.remove(MirrorRow.EXPIRES);
        putByHand(KEY.text(), edited);

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Changed());
    }

    @Test
    void claimsForARowWithAnUnknownAttributeEdited() {
        MirrorRow row = row(ATTRIBUTES);
        Map<String, Object> edited = new HashMap<>(ATTRIBUTES);
        edited.put("Comment", "mine");
        putByHand(KEY.text(), edited);

        assertThat(table().claim(row, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Claimed());
    }

    @Test
    void doesNotClaimForARowThatIsGone() {
        MirrorRow bare = row(Map.of());
        removeByHand(KEY.text());

        assertThat(table().claim(bare, List.of(claimed(pair("1"))))).isEqualTo(new ClaimResult.Changed());
    }

    @Test
    void leavesAClaimAloneInOtherWrites() {
        table().claim(row(ATTRIBUTES), List.of(claimed(pair("1"))));
        PairStatus readLongAgo =
                pair("1").at(1).in(PairState.idle(Drift.IN_SYNC), pair("1").seen(), TestingValues.NOON);

        assertThat(table().write(readLongAgo)).isTrue();

        assertThat(table().load(KEY).pairs())
                .containsExactly(readLongAgo.withClaim(claim("aa")).at(2));
    }

    @Test
    void recordsAndTakesOverAClaim() {
        table().claim(row(ATTRIBUTES), List.of(claimed(pair("1"))));
        Claim taken = claim("aa").takenOverBy("operator-2", TestingValues.NOON);

        assertThat(table().change(List.of(pair("1").withClaim(taken).at(1)))).isTrue();
        assertThat(table().load(KEY).pairs().get(0).claim()).isEqualTo(taken);
        assertThat(table().change(List.of(pair("1").at(1))))
                .as("the first claimant's")
                .isFalse();
        assertThat(table().change(List.of(
                        pair("1").withClaim(taken.submittedAs("job-9")).at(2))))
                .isTrue();

        assertThat(table().load(KEY).pairs().get(0).claim().jobId()).isEqualTo("job-9");
    }

    @Test
    void doesNotExchangeAnOwnerThatHasClaimedSinceItWasRead() {
        table().own(pair("1").destination(), KEY);
        StatusTable.Owner read = table().ownerOf(pair("1").destination()).orElseThrow();

        table().claim(row(ATTRIBUTES), List.of(claimed(pair("1"))));

        assertThat(table().exchange(pair("1").destination(), read, OTHER)).isFalse();
        assertThat(table().own(pair("1").destination(), OTHER)).isEqualTo(KEY);
    }

    @Test
    void doesNotClaimADestinationWhoseOwnerItemIsANewerOperators() {
        MirrorRow row = row(ATTRIBUTES);
        ownByNewerOperator(pair("1").destination(), KEY);
        StatusTable.Owner owner = table().ownerOf(pair("1").destination()).orElseThrow();

        assertThatExceptionOfType(NewerOwnerException.class)
                .isThrownBy(() -> table().claim(row, List.of(claimed(pair("1")), claimed(pair("2")))))
                .withMessageContaining("upgrade this operator")
                .satisfies(e -> assertThat(e.destination()).isEqualTo(pair("1").identity()));

        assertThat(table().load(KEY).pairs()).isEmpty();
        assertThat(table().ownerOf(pair("1").destination())).hasValue(owner);
    }

    private MirrorRow row(Map<String, ?> attributes) {
        putByHand(KEY.text(), attributes);
        return TestingMirrorTable.asRead(KEY, attributes);
    }

    private static PairStatus pair(String tag) {
        return fresh(KEY.text(), "x.example/y:" + tag);
    }

    private static PairStatus claimed(PairStatus pair) {
        return pair.withClaim(claim("aa"));
    }
}
