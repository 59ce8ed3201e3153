package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.domain.EntryKey;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the items of the status table have in common: keys, version, schema version, and names of attributes. */
public final class StatusItem {
    public static final String SOURCE = MirrorRowMapper.SOURCE;
    public static final String DESTINATION = "Destination";
    public static final String VERSION = "Version";
    public static final String SCHEMA_VERSION = "SchemaVersion";
    public static final String CLAIM = "Claim";
    public static final String OWNER = "Owner";
    static final String OBSERVED_AT = "ObservedAt";
    static final String MESSAGE = "Message";

    /** Sort key of an entry's summary; no reference has a {@code #}. */
    static final String ENTRY = "#entry";

    /** Sort key of a destination's owner item. */
    private static final String OWNER_SORT_KEY = "#owner";

    private static final String OWNER_PREFIX = "#owner/";

    /** Sort key of an item that says which cluster has a name. */
    private static final String CLUSTER_SORT_KEY = "#cluster";

    /** Written with every item; what an item with a higher one means is not fully known, and it is never overwritten. */
    public static final int SCHEMA = 1;

    private static final long MAX_VERSION = 1L << 53;

    private StatusItem() {}

    public static Map<String, AttributeValue> pairKey(EntryKey entry, ImageReference destination) {
        return key(entry.text(), destination.identity().toString());
    }

    public static Map<String, AttributeValue> entryKey(EntryKey entry) {
        return key(entry.text(), ENTRY);
    }

    public static Map<String, AttributeValue> ownerKey(ImageReference destination) {
        return key(OWNER_PREFIX + destination.identity(), OWNER_SORT_KEY);
    }

    /** The destination whose owner item this is, if it is one. */
    public static @Nullable ImageReference ownedDestination(Map<String, AttributeValue> item) {
        boolean isOwner = OWNER_SORT_KEY.equals(destinationOf(item));
        return isOwner ? ImageReference.parse(entryOf(item).text().substring(OWNER_PREFIX.length())) : null;
    }

    public static Map<String, AttributeValue> clusterKey(String name) {
        return key("#cluster/" + name, CLUSTER_SORT_KEY);
    }

    static boolean isEntry(Map<String, AttributeValue> item) {
        return destinationOf(item).equals(ENTRY);
    }

    /** Whether an item or a key, of this table or of the other, is about no entry. */
    public static boolean isApart(Map<String, AttributeValue> item) {
        AttributeValue sortKey = item.get(DESTINATION);
        return sortKey != null && (OWNER_SORT_KEY.equals(sortKey.s()) || CLUSTER_SORT_KEY.equals(sortKey.s()));
    }

    /** Requires an item that is no destination's owner item, of which there are as many as of pairs. */
    public static Expressions notOwner(Expressions expressions) {
        return expressions.requireNot(DESTINATION, AttributeValue.fromS(OWNER_SORT_KEY));
    }

    /** Requires an item that no newer operator wrote, or none. */
    public static Expressions notNewer(Expressions expressions) {
        return expressions.requireAbsentOr(SCHEMA_VERSION, "<=", number(SCHEMA));
    }

    /** Why an item that a newer operator wrote is left alone. */
    public static String newer(String what, Map<String, AttributeValue> item) {
        return (what.isEmpty() ? "" : what + " was ") + "written by a newer version (schema " + schema(item)
                + "); upgrade this operator";
    }

    /** What is wrong with what all items have: nothing could be written on the condition that it is as read. */
    public static @Nullable String fault(Map<String, AttributeValue> item) {
        AttributeValue schema = item.get(SCHEMA_VERSION);
        if (schema != null && schema.n() == null) {
            return "its " + SCHEMA_VERSION
                    + " is not a number; correct it, or delete it if none of its jobs is running";
        }
        boolean isNew = !item.containsKey(VERSION);
        long version = isNew ? 1 : version(ItemReader.of(item));
        return version < 1 || version > MAX_VERSION
                ? "its " + VERSION + " must be at least 1; correct it, or delete it if none of its jobs is running"
                : null;
    }

    /** For people. */
    public static String name(Map<String, AttributeValue> item) {
        return "item " + Redaction.ofReference(entryOf(item).text()) + " -> " + destinationOf(item);
    }

    /** The partition key, which every item has. */
    static EntryKey entryOf(Map<String, AttributeValue> item) {
        return new EntryKey(present(item, SOURCE).s());
    }

    /** The sort key, which every item has. */
    static String destinationOf(Map<String, AttributeValue> item) {
        return present(item, DESTINATION).s();
    }

    /** The schema version of an item that has one. */
    public static String schema(Map<String, AttributeValue> item) {
        return present(item, SCHEMA_VERSION).n();
    }

    private static AttributeValue present(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** Version of the item as read by {@code fields}; 0 if it has none. */
    public static long version(ItemReader fields) {
        return fields.number(VERSION, 0);
    }

    public static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        return Map.of(SOURCE, present(item, SOURCE), DESTINATION, present(item, DESTINATION));
    }

    public static Map<String, AttributeValue> key(String source, String destination) {
        return Map.of(SOURCE, AttributeValue.fromS(source), DESTINATION, AttributeValue.fromS(destination));
    }
}
