package dev.imagemirror.operator.reconcile;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.TagListing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of lists of tags that are odd or do not end: once a repository and oddity, not once a pass. Thread-safe. */
final class OddLists {
    private static final Logger LOG = LoggerFactory.getLogger(OddLists.class);

    /** As the messages of lists say that break off; those of registries that do not answer at all are said elsewhere. */
    private static final String INCOMPLETE = " is incomplete: ";

    private static final int REMEMBERED = 1000;

    private final Map<ImageReference, String> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageReference, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    void note(ImageReference repository, TagListing listing) {
        String oddity = oddity(listing);
        if (isNew(repository, oddity)) {
            LOG.warn("{}: {}", repository.name(), oddity);
        }
    }

    private synchronized boolean isNew(ImageReference repository, String oddity) {
        String before = oddity.isEmpty() ? said.remove(repository) : said.put(repository, oddity);
        return !oddity.isEmpty() && !oddity.equals(before);
    }

    private static String oddity(TagListing listing) {
        boolean breaksOff = listing.failure() instanceof Resolution.Unavailable unavailable
                && unavailable.message().contains(INCOMPLETE);
        return breaksOff ? ((Resolution.Unavailable) listing.failure()).message() : listing.notice();
    }
}
