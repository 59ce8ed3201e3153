package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.Reason;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults of an entry as a whole (an invalid row, a tag list that cannot be read): once when one appears and once
 * when it changes. Unreadable items of the status table are logged where they are read.
 */
final class EntryFaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(EntryFaultLog.class);

    /** Ignored, since an instant such as that of the next request differs in each pass. */
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");

    private EntryFaultLog() {}

    static void note(EntryStatus before, EntryStatus after) {
        String fault = fault(after.summary());
        if (!fault.isEmpty() && !withoutInstants(fault).equals(withoutInstants(fault(before.summary())))) {
            LOG.info("{}: {}", after.key(), fault);
        }
    }

    private static String fault(EntryStatus.Summary summary) {
        if (summary.isRefused()) {
            return "";
        }
        return summary.problems().isEmpty()
                ? summary.message()
                : Reason.INVALID_ENTRY.word() + ": " + String.join("; ", summary.problems());
    }

    private static String withoutInstants(String fault) {
        return INSTANT.matcher(fault).replaceAll("");
    }
}
