package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.WrongKeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Classifies status table items and warns of malformed ones: once per problem, not once per read. Thread-safe. */
public final class StatusItemSorter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusItemSorter.class);
    private static final int REMEMBERED = 1000;

    private final Map<String, String> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** True if the item is unreadable and holds nothing worth keeping. */
    public static boolean isRemovable(Map<String, AttributeValue> item) {
        return StatusItem.isEntry(item)
                ? !ItemReader.isNewer(item) && StatusItem.fault(item) != null
                : PairStatusMapper.read(item).removable();
    }

    /**
     * Passes an item to the listener method for its kind.
     *
     * @throws WrongKeyException if the item is not from a status table
     */
    public void handOut(Map<String, AttributeValue> item, StatusItemListener listener) {
        EntryKey key = Keys.ofStatus(item);
        if (StatusItem.isEntry(item)) {
            entry(key, item, listener);
        } else if (!StatusItem.isApart(item)) {
            pair(key, item, listener);
        }
    }

    private void entry(EntryKey key, Map<String, AttributeValue> item, StatusItemListener listener) {
        boolean isNewer = ItemReader.isNewer(item);
        String fault = isNewer ? null : StatusItem.fault(item);
        if (fault != null) {
            unreadable(key, item, fault, true, listener);
            return;
        }
        if (isNewer) {
            say(item, StatusItem.newer("it", item));
        }
        listener.summary(EntryStatusMapper.status(item), isNewer);
    }

    private void pair(EntryKey key, Map<String, AttributeValue> item, StatusItemListener listener) {
        PairStatusMapper.Reading reading = PairStatusMapper.read(item);
        if (reading.pair() == null) {
            unreadable(key, item, reading.fault(), reading.removable(), listener);
            return;
        }
        if (reading.fault() != null) {
            say(item, "skipping it: " + reading.fault());
        } else if (!reading.oddities().isEmpty()) {
            say(item, String.join("; ", reading.oddities()) + "; the next reconcile rewrites it");
        }
        listener.pair(reading.pair(), reading.fault() != null);
    }

    private void unreadable(
            EntryKey key,
            Map<String, AttributeValue> item,
            @Nullable String fault,
            boolean removable,
            StatusItemListener listener) {
        String name = StatusItem.destinationOf(item);
        String what = StatusItem.name(item) + " in the status table cannot be read: " + fault;
        say(item, "it cannot be read: " + fault);
        listener.unreadable(new UnreadableItem(key, name, what, removable));
    }

    private void say(Map<String, AttributeValue> item, String what) {
        String name = StatusItem.name(item);
        boolean isNews;
        synchronized (said) {
            isNews = !what.equals(said.put(name, what));
        }
        if (isNews) {
            LOG.warn("{} in the status table: {}", name, what);
        }
    }
}
