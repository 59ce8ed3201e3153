package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.domain.Resolution;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of odd or endless tag and referrer lists: once per list and oddity, not once per pass. Thread-safe. */
final class OddLists {
    private static final Logger LOG = LoggerFactory.getLogger(OddLists.class);

    private static final int REMEMBERED = 1000;

    private final Map<String, String> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Warns unless already warned.
     *
     * @param list identifies the list
     * @param failure why it could not be read; null if it was
     * @param notice what is odd about it although it was read; empty if nothing
     */
    void note(String list, @Nullable Resolution failure, String notice) {
        String oddity = oddity(failure, notice);
        if (isNew(list, oddity)) {
            LOG.warn("{}: {}", list, oddity);
        }
    }

    private synchronized boolean isNew(String list, String oddity) {
        String before = oddity.isEmpty() ? said.remove(list) : said.put(list, oddity);
        return !oddity.isEmpty() && !oddity.equals(before);
    }

    /** A registry that does not respond at all is reported elsewhere. */
    private static String oddity(@Nullable Resolution failure, String notice) {
        return failure instanceof Resolution.Unavailable unavailable && unavailable.listBroken()
                ? unavailable.message()
                : notice;
    }
}
