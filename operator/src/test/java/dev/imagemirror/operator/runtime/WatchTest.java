package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.catalog.EntryCatalog;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.LoopListener;
import dev.imagemirror.operator.port.ChangeFeed;
import dev.imagemirror.operator.reconcile.PassListener;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final List<String> heard = new ArrayList<>();

    private final ChangeFeed.Listener informer = new ChangeFeed.Listener() {
        @Override
        public void changed(EntryKey key) {
            heard.add("changed " + key);
        }

        @Override
        public void lost() {
            heard.add("lost");
        }

        @Override
        public void imageChanged(ImageReference image, boolean removed) {
            heard.add("image " + image + " " + removed);
        }

        @Override
        public void jobChanged(String jobId, Collection<ImageReference> destinations) {
            heard.add("job " + jobId + " " + destinations);
        }
    };

    @Test
    void workerHearsEverythingEvenAlongsideACatalog() {
        TestingMirrorTable mirrors = new TestingMirrorTable();
        EntryCatalog catalog = new EntryCatalog(mirrors, new TestingStatusTable(mirrors), System::nanoTime);
        ChangeFeed.Listener both = new Watch(catalog, LoopListener.none(), PassListener.NONE).beside(informer);
        ImageReference image = ImageReference.parse("registry.example/app:1");

        both.changed(new EntryKey("app"));
        both.lost();
        both.imageChanged(image, true);
        both.jobChanged("id", List.of(image));

        assertThat(heard)
                .containsExactly(
                        "changed app", "lost", "image registry.example/app:1 true", "job id [registry.example/app:1]");
    }
}
