package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of what a source lists and does not have. */
class AbsentReferrersIT {
    @AutoClose
    private final TestingRegistry source =
            TestingRegistry.builder().with(Trait.NO_REFERRERS).start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    private final TestingImage image = TestingImages.small(1).storedIn(source, "app", "1");
    private final TestingImage gone = TestingImages.referrer(image, "application/vnd.example.gone");

    @TempDir
    private Path directory;

    private String warnings() throws Exception {
        CommandRun run = MirrorProcess.run(
                directory,
                Map.of("MIRROR_REFERRERS", "true"),
                source.reference("app", "1"),
                destination.reference("app", "1"));
        assertThat(run.exit()).as(run.err()).isZero();
        return run.err();
    }

    @Test
    void aMissingEntryIsNotReportedAsUnrelated() throws Exception {
        TestingImage.index()
                .add(gone)
                .build()
                .putInto(source, "app", image.digest().replace(':', '-'));
        source.content().delete("app", gone.digest());

        assertThat(warnings())
                .contains(source.authority() + "/app@" + image.digest())
                .contains("referrers that do not exist in the source, such as " + gone.digest())
                .doesNotContain("whose subject is another image");
    }

    @Test
    void aDanglingTagIsNotReportedAsUnrelated() throws Exception {
        String tag = image.cosignTag("sig");
        TestingImage signature = TestingImages.signature(image);
        signature.putInto(source, "app", tag);
        source.fault(Fault.on("GET", "/v2/app/manifests/" + signature.digest())
                .always()
                .then(Faults.status(404)));

        assertThat(warnings())
                .contains("/app:" + tag + " points to " + signature.digest() + ", which does not exist in the source,")
                .doesNotContain("not a cosign artifact");
    }
}
