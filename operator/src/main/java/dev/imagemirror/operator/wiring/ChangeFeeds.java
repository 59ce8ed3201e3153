package dev.imagemirror.operator.wiring;

import dev.imagemirror.operator.port.ChangeFeed;
import java.util.List;

/** Combines feeds into one; may be empty. */
record ChangeFeeds(List<ChangeFeed> feeds) implements ChangeFeed {
    /** Copies the list. */
    ChangeFeeds {
        feeds = List.copyOf(feeds);
    }

    @Override
    public void start(Listener listener) {
        feeds.forEach(feed -> feed.start(listener));
    }

    @Override
    public void close() {
        feeds.forEach(ChangeFeed::close);
    }
}
