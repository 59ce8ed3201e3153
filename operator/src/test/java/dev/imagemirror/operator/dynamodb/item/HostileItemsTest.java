package dev.imagemirror.operator.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.port.WrongKeyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of both tables with values of any type where others belong: read, or refused by name. */
class HostileItemsTest {
    private static final AttributeValue KEY = AttributeValue.fromS("docker.io/library/golang:1");
    private static final List<String> STATUS = Stream.concat(
                    PairStatusMapper.ATTRIBUTES.stream(), EntryStatusMapper.ATTRIBUTES.stream())
            .toList();

    @Provide
    Arbitrary<AttributeValue> values() {
        return Arbitraries.of(
                AttributeValue.fromS(""),
                AttributeValue.fromS("InSync"),
                AttributeValue.fromS("2026-11-24T00:00:00Z"),
                AttributeValue.fromS("+999999999-12-31T23:59:59Z"),
                AttributeValue.fromS("sha256:" + "a".repeat(64)),
                AttributeValue.fromS("a.example.com/b:1,UPPER/c"),
                AttributeValue.fromS("x".repeat(10_000)),
                AttributeValue.fromN("1"),
                AttributeValue.fromN("-1E+125"),
                AttributeValue.fromN("1E-130"),
                AttributeValue.fromN("99999999999999999999999999999999999999"),
                AttributeValue.fromBool(true),
                AttributeValue.fromNul(true),
                AttributeValue.fromB(SdkBytes.fromUtf8String("b")),
                AttributeValue.fromSs(List.of("a.io/b:1", "")),
                AttributeValue.fromNs(List.of("1")),
                AttributeValue.fromL(List.of()),
                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("Digest", AttributeValue.fromN("1"))))),
                AttributeValue.fromM(Map.of()),
                AttributeValue.fromM(Map.of("Include", AttributeValue.fromL(List.of(AttributeValue.fromN("1"))))),
                AttributeValue.fromM(Map.of("InSync", AttributeValue.fromN("1E+125"))));
    }

    @Provide
    Arbitrary<Map<String, AttributeValue>> rows() {
        return Arbitraries.maps(Arbitraries.of(RowAttributes.NAMES), values()).ofMaxSize(9);
    }

    @Provide
    Arbitrary<Map<String, AttributeValue>> statuses() {
        return Arbitraries.maps(
                        Arbitraries.of(Stream.concat(STATUS.stream(), Stream.of("Claim", "Version", "SchemaVersion"))
                                .toList()),
                        values())
                .ofMaxSize(12);
    }

    @Test
    void aKeyOfAnotherTypeIsRefusedByName() {
        Map<String, AttributeValue> number = Map.of("Source", AttributeValue.fromN("1"));
        Map<String, AttributeValue> sorted = Map.of("Source", KEY, "Destination", AttributeValue.fromN("1"));
        StatusItemListener nobody = new StatusItemListener() {
            @Override
            public void summary(EntryStatus summary, boolean refused) {
                throw new AssertionError();
            }

            @Override
            public void pair(PairStatus pair, boolean refused) {
                throw new AssertionError();
            }

            @Override
            public void unreadable(UnreadableItem item) {
                throw new AssertionError();
            }
        };

        assertThatThrownBy(() -> MirrorRowMapper.row(number)).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> Keys.ofRecord(number)).hasMessageContaining("Source (N)");
        assertThatThrownBy(() -> Keys.ofRecord(sorted)).hasMessageContaining("Destination (N)");
        assertThatThrownBy(() -> new StatusItemSorter().handOut(sorted, nobody)).isInstanceOf(WrongKeyException.class);
        assertThat(StatusItem.isApart(sorted)).isFalse();
    }

    @Property
    void aRowIsReadWhateverItsAttributesAre(@ForAll("rows") Map<String, AttributeValue> attributes) {
        MirrorRow row = MirrorRowMapper.row(with(attributes, Map.of()));

        assertThat(row.fingerprint()).hasSize(16);
        if (EntryParser.parse(row) instanceof ParsedEntry.Invalid invalid) {
            assertThat(invalid.problems()).isNotEmpty();
        }
    }

    @Property
    void aPairIsReadOrRefused(@ForAll("statuses") Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item =
                with(attributes, Map.of("Destination", AttributeValue.fromS("a.example.com/b:1")));

        PairStatusMapper.Reading reading = PairStatusMapper.read(item);

        if (reading.pair() == null) {
            assertThat(reading.fault()).isNotBlank();
            assertThat(reading.removable()).isEqualTo(!ItemReader.isNewer(item));
        } else {
            assertThat(reading.pair().destination()).hasToString("a.example.com/b:1");
            assertThat(reading.pair().claim() != null || !attributes.containsKey("Claim") || reading.fault() != null)
                    .as("a claim is read, or nobody works on the pair")
                    .isTrue();
        }
    }

    @Property
    void aSummaryIsRead(@ForAll("statuses") Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = with(attributes, Map.of("Destination", AttributeValue.fromS("#entry")));

        EntryStatus read = EntryStatusMapper.status(item);

        assertThat(read.key().text()).isEqualTo(KEY.s());
        assertThat(read.tags()).doesNotContainValue(null);
    }

    /** DynamoDB nests 32 levels at most; an item of another store must not cost more. */
    @Test
    @Timeout(60)
    void aDeepRowIsRefused() {
        AttributeValue deep = AttributeValue.fromS("x");
        for (int level = 0; level < 32; level++) {
            deep = AttributeValue.fromM(Map.of("Include", AttributeValue.fromL(List.of(deep))));
        }

        MirrorRow row = MirrorRowMapper.row(with(Map.of("Tags", deep), Map.of()));

        assertThat(EntryParser.parse(row)).isInstanceOf(ParsedEntry.Invalid.class);
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> attributes, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("Source", KEY);
        item.putAll(more);
        return item;
    }
}
