package dev.imagemirror.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.port.ChangeFeed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeFeedsTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void allFeedsNotifyTheSameListenerUntilClosed() {
        TestingFeed one = new TestingFeed("one");
        TestingFeed other = new TestingFeed("other");
        ChangeFeeds feeds = new ChangeFeeds(List.of(one, other));

        feeds.start(new ChangeFeed.Listener() {
            @Override
            public void changed(EntryKey key) {
                heard.add(key.toString());
            }

            @Override
            public void lost() {
                heard.add("lost");
            }

            @Override
            public void imageChanged(ImageReference image, boolean removed) {
                heard.add(image.toString());
            }

            @Override
            public void jobChanged(String jobId, Collection<ImageReference> destinations) {
                heard.add(jobId);
            }
        });

        assertThat(heard).containsExactly("one", "other");
        feeds.close();
        assertThat(one.closed && other.closed).isTrue();
    }

    /** Tells of one change at once. */
    private static final class TestingFeed implements ChangeFeed {
        private final String key;
        private boolean closed;

        TestingFeed(String key) {
            this.key = key;
        }

        @Override
        public void start(Listener listener) {
            listener.changed(new EntryKey(key));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
