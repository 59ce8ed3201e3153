package dev.imagemirror.operator.dynamodb.item;

import static dev.imagemirror.operator.testing.TestingValues.NOON;
import static dev.imagemirror.operator.testing.TestingValues.digest;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StatusMappersTest {
    private static final PairStatus FULL =
            full("docker.io/library/golang:1.17#team", "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/y:1");
    private static final PairStatus BARE = fresh("golang@" + digest("pinned"), "x.example/y:1");

    @Test
    void readsAPairWithEveryFieldAsWritten() {
        Map<String, AttributeValue> item = item(FULL);

        assertThat(item.keySet()).containsAll(PairStatusMapper.ATTRIBUTES);
        assertThat(read(item)).isEqualTo(FULL);
    }

    @Test
    void readsAPairWithEveryFieldAbsentAsWritten() {
        Map<String, AttributeValue> item = item(BARE);

        assertThat(item).containsOnlyKeys("Source", "Destination", "SourceReference", "Drift", "Phase");
        assertThat(read(item)).isEqualTo(BARE);
    }

    @Test
    void readsASummaryWithEveryFieldAsWritten() {
        EntryStatus full = fullEntry("a/b:1");
        Map<String, AttributeValue> item = new HashMap<>(EntryStatusMapper.attributes(full));
        item.putAll(StatusItem.entryKey(full.key()));

        assertThat(item.keySet()).containsAll(EntryStatusMapper.ATTRIBUTES);
        assertThat(EntryStatusMapper.status(item)).isEqualTo(full);
    }

    @Test
    void readsASummaryWithEveryFieldAbsentAsWritten() {
        EntryStatus bare = EntryStatus.fresh(FULL.entry());
        Map<String, AttributeValue> item = new HashMap<>(EntryStatusMapper.attributes(bare));
        item.putAll(StatusItem.entryKey(bare.key()));

        assertThat(item).containsOnlyKeys("Source", "Destination", "Ready");
        assertThat(EntryStatusMapper.status(item)).isEqualTo(bare);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void readsEveryReasonAsWritten(Reason reason) {
        PairStatus held = FULL.in(PairState.held(Drift.MISSING, reason, "why"), FULL.seen(), NOON);

        assertThat(read(item(held)).state()).isEqualTo(held.state());
    }

    @ParameterizedTest
    @EnumSource(Drift.class)
    void readsEveryDriftAsWritten(Drift drift) {
        PairStatus copying = BARE.in(PairState.copying(drift, ""), BARE.seen(), NOON);

        assertThat(read(item(copying)).state()).isEqualTo(copying.state());
    }

    @Test
    void writesInstantsForPeople() {
        assertThat(item(FULL)).containsEntry("ObservedAt", AttributeValue.fromS("2026-03-01T12:00:00.123456789Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Drift", "Phase", "SourceDigest", "ObservedAt", "Attempts", "History", "Reason"})
    void treatsACorruptAttributeAsAbsentAndRewritesTheItem(String attribute) {
        Map<String, AttributeValue> item = item(FULL);
        item.put(attribute, AttributeValue.fromBool(true));

        PairStatusMapper.Reading reading = PairStatusMapper.read(item);

        assertThat(reading.fault()).isNull();
        assertThat(reading.oddities()).singleElement().asString().contains(attribute);
        assertThat(reading.pair().claim()).isEqualTo(FULL.claim());
        assertThat(reading.pair().times().observedAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Claim", "EndedClaims", "Version", "SchemaVersion"})
    void pairWithACorruptClaimOrVersionIsNotReconciled(String attribute) {
        Map<String, AttributeValue> item = item(FULL);
        item.put(attribute, AttributeValue.fromBool(true));

        PairStatusMapper.Reading reading = PairStatusMapper.read(item);

        assertThat(reading.fault()).contains(attribute, "correct it, or delete");
        assertThat(reading.removable()).isFalse();
        assertThat(reading.pair().state()).isEqualTo(PairState.refused(reading.fault()));
        if (!attribute.equals("Claim")) {
            assertThat(reading.pair().claim()).isEqualTo(FULL.claim());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"golang:1", "x.example/y", "x.example/y:a/b", "x.example/y:", "garbage", "x.example/y:1@sha256:0"
            })
    void anItemWhoseKeyIsNoDestinationIsRemovedUnlessItHoldsAClaim(String key) {
        Map<String, AttributeValue> item = item(BARE);
        item.put("Destination", AttributeValue.fromS(key));
        assertThat(PairStatusMapper.read(item).removable()).isTrue();

        item.put("Claim", AttributeValue.fromM(ClaimMapper.fields(FULL.claim())));
        assertThat(PairStatusMapper.read(item).pair()).isNull();
        assertThat(PairStatusMapper.read(item).removable()).isFalse();
    }

    @Test
    void aPairWithoutItsSourceStaysUsableWithItsClaim() {
        Map<String, AttributeValue> item = item(FULL);
        item.remove("SourceReference");

        PairStatus read = read(item);

        assertThat(read.claim()).isEqualTo(FULL.claim());
        assertThat(read.pair().source().toString())
                .isEqualTo("docker.io/" + FULL.claim().job().parameters().get("source"));
    }

    @Test
    void readsTheKnownPartsOfAPairFromANewerOperator() {
        Map<String, AttributeValue> item = item(FULL);
        item.put("SchemaVersion", AttributeValue.fromN("2"));
        item.put("Reason", AttributeValue.fromS("Sabbatical"));
        item.put("History", AttributeValue.fromS("elsewhere"));
        item.put("Claim", AttributeValue.fromS("elsewhere"));

        PairStatusMapper.Reading reading = PairStatusMapper.read(item);
        PairStatus read = reading.pair();

        assertThat(read.state())
                .isEqualTo(PairState.refused("written by a newer version (schema 2); upgrade this operator"));
        assertThat(reading.fault()).isEqualTo(read.state().message());
        assertThat(read.seen()).isEqualTo(FULL.seen());
        assertThat(read.progress().history()).isEmpty();
        assertThat(read.claim()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reason", "Drift"})
    void aPairThatTheNextPassWritesAnewIsNotRefused(String attribute) {
        PairState state = PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, "no access");
        Map<String, AttributeValue> item = item(BARE.in(state, BARE.seen(), NOON));
        item.put(attribute, AttributeValue.fromBool(true));
        item.remove("Phase");
        if (attribute.equals("Drift")) {
            item.remove("Reason");
        }

        PairState read = read(item).state();

        assertThat(read.message()).isEqualTo("no access");
        assertThat(read.isRefused()).isFalse();
    }

    private static PairStatus read(Map<String, AttributeValue> item) {
        return PairStatusMapper.read(item).pair();
    }

    private static Map<String, AttributeValue> item(PairStatus status) {
        Map<String, AttributeValue> item = new HashMap<>(PairStatusMapper.attributes(status));
        item.putAll(StatusItem.pairKey(status.entry(), status.destination()));
        if (status.claim() != null) {
            item.put("Claim", AttributeValue.fromM(ClaimMapper.fields(status.claim())));
        }
        return item;
    }
}
