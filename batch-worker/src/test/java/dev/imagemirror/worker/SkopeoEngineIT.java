package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.CopyListener;
import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the skopeo engine does without skopeo. */
class SkopeoEngineIT {
    private final TestingImage image = TestingImages.small(1);

    @AutoClose
    private final TestingRegistry open = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry locked =
            TestingRegistry.builder().basicAuth("joe", "only-for-tests").start();

    @Test
    void anInternalErrorAtOneDestinationSparesTheOthers() {
        image.putInto(open, "app", "1");

        CopyReport report = copy(open.reference("app", "1"), locked.reference("app", "1"), open.reference("app", "1"));

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(ErrorKind.INTERNAL, null);
        assertThat(report.destinations().get(0).error()).contains("on purpose");
    }

    @Test
    void anInternalErrorAtTheSourceIsReported() {
        CopyReport report = copy(locked.reference("app", "1"), open.reference("app", "1"));

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(ErrorKind.INTERNAL);
    }

    private static CopyReport copy(String source, String... destinations) {
        CredentialProvider broken = (registry, repository) -> {
            throw new IllegalArgumentException("on purpose");
        };
        RetryPolicy retries = RetryPolicy.standard(Clock.systemUTC(), new Random(1));
        List<ImageReference> to =
                List.of(destinations).stream().map(ImageReference::parse).toList();
        try (RegistryClient client = new RegistryClient(TestingSettings.onLoopback(), broken, retries)) {
            SkopeoEngine engine = new SkopeoEngine(client, new SkopeoProcess(client, broken, List.of()));
            return engine.copy(new CopyRequest(ImageReference.parse(source), to, false, false), CopyListener.NONE);
        }
    }
}
