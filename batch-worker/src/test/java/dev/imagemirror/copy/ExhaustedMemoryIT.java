package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImages;
import java.util.Collection;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An {@link Error} in one of the copy's threads ends the copy with a report instead of leaving the others waiting. */
@Timeout(60)
class ExhaustedMemoryIT {
    @AutoClose
    private final TestingCopy copy = TestingCopy.toThree();

    @BeforeEach
    void fillSource() {
        TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 100_000, 1)
                .putInto(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    }

    @Test
    void withinASharedRead() {
        assertAllFail(new CopyListener.Silent() {
            @Override
            public void blobProgress(Descriptor blob, long bytes) {
                throw new OutOfMemoryError("on purpose");
            }
        });
    }

    @Test
    void withinATransfer() {
        assertAllFail(new CopyListener.Silent() {
            @Override
            public void blobDone(Descriptor blob, String repository) {
                throw new OutOfMemoryError("on purpose");
            }
        });
    }

    @Test
    void withinADestination() {
        assertAllFail(new CopyListener.Silent() {
            @Override
            public void planned(Collection<Descriptor> blobs) {
                throw new OutOfMemoryError("on purpose");
            }
        });
    }

    private void assertAllFail(CopyListener listener) {
        CopyReport report = copy.copy(listener);

        assertThat(report.destinations()).hasSize(3).allSatisfy(destination -> {
            assertThat(destination.errorKind()).as(destination.error()).isEqualTo(ErrorKind.INTERNAL);
            assertThat(destination.error()).contains("on purpose");
        });
    }
}
