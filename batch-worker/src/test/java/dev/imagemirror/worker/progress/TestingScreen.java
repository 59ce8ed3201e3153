package dev.imagemirror.worker.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/** What each bar showed, in the order in which bars began; bars are drawn by another thread. */
final class TestingScreen {
    private final List<Bar> bars = new CopyOnWriteArrayList<>();

    ProgressBarBuilder catching(ProgressBarBuilder builder) {
        Bar bar = new Bar();
        bars.add(bar);
        return builder.setConsumer(bar);
    }

    /** What every bar showed last. */
    List<String> last() {
        List<String> last = new ArrayList<>();
        bars.forEach(bar -> last.add(bar.shown));
        return last;
    }

    private static final class Bar implements ProgressBarConsumer {
        private static final int WIDTH = 120;

        private volatile String shown = "";

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String line) {
            shown = line;
        }

        @Override
        public void close() {
            // the library leaves this out for a bar that ends before it was drawn once
        }
    }
}
