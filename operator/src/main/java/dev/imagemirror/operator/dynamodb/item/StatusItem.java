package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.operator.domain.EntryKey;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What all status table items share: keys, version, schema version and attribute names. */
public final class StatusItem {
    public static final String SOURCE = MirrorRowMapper.SOURCE;
    public static final String DESTINATION = "Destination";
    public static final String VERSION = "Version";
    public static final String SCHEMA_VERSION = "SchemaVersion";
    public static final String CLAIM = "Claim";
    public static final String OWNER = "Owner";
    static final String OBSERVED_AT = "ObservedAt";
    static final String MESSAGE = "Message";

    /** Sort key of an entry's summary; no reference contains a {@code #}. */
    static final String ENTRY = "#entry";

    /** Sort key of a destination's owner item. */
    private static final String OWNER_SORT_KEY = "#owner";

    private static final String OWNER_PREFIX = "#owner/";

    /** Sort key of the item that records which cluster owns a name. */
    private static final String CLUSTER_SORT_KEY = "#cluster";

    /**
     * Schema version written with every item; items with a higher one are only partly understood and never overwritten.
     */
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

    /** The destination, if this is an owner item. */
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

    /** True if an item or key, of either table, does not belong to an entry. */
    public static boolean isApart(Map<String, AttributeValue> item) {
        AttributeValue sortKey = item.get(DESTINATION);
        return sortKey != null && (OWNER_SORT_KEY.equals(sortKey.s()) || CLUSTER_SORT_KEY.equals(sortKey.s()));
    }

    /** Excludes owner items, which are as numerous as pairs. */
    public static Expressions notOwner(Expressions expressions) {
        return expressions.requireNot(DESTINATION, AttributeValue.fromS(OWNER_SORT_KEY));
    }

    /** Requires that no newer operator wrote the item, or that it does not exist. */
    public static Expressions notNewer(Expressions expressions) {
        return expressions.requireAbsentOr(SCHEMA_VERSION, "<=", number(SCHEMA));
    }

    /** Why an item written by a newer operator is left alone. */
    public static String newer(String what, Map<String, AttributeValue> item) {
        return (what.isEmpty() ? "" : what + " was ") + "written by a newer version (schema " + schema(item)
                + "); upgrade this operator";
    }

    /** What is wrong with the common attributes, which would rule out any conditional write; null if nothing. */
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

    /** Name for display. */
    public static String name(Map<String, AttributeValue> item) {
        return "item " + Redaction.ofReference(entryOf(item).text()) + " -> " + destinationOf(item);
    }

    /** The partition key, present in every item. */
    static EntryKey entryOf(Map<String, AttributeValue> item) {
        return new EntryKey(present(item, SOURCE).s());
    }

    /** The sort key, present in every item. */
    static String destinationOf(Map<String, AttributeValue> item) {
        return present(item, DESTINATION).s();
    }

    /** The item's schema version. */
    public static String schema(Map<String, AttributeValue> item) {
        return present(item, SCHEMA_VERSION).n();
    }

    private static AttributeValue present(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /** The item's version as read by {@code fields}; 0 if absent. */
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
