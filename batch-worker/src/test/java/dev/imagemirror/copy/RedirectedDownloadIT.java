package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Blobs that the registry has somewhere else, as those on object storage do. */
class RedirectedDownloadIT {
    private static final int MOST_REDIRECTS = 5;

    @AutoClose
    private final TestingBlobHost storage = TestingBlobHost.start();

    @AutoClose
    private final TestingCopy copy = new TestingCopy(
                    TestingRegistry.builder().basicAuth("reader", "secret").start(), TestingRegistry.start())
            .credentials((registry, repository) -> Optional.of(new Credential.Basic("reader", "secret")));

    private final TestingImage image = TestingImage.manifest()
            .layers(LayerKind.TAR, 1, 100_000, 1)
            .build()
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingBlob layer = image.blobs().get(1);

    private FaultMatch read() {
        return Fault.on("GET", TestingCopy.blobPath(layer.digest()));
    }

    @Test
    void sendsNoCredentialsToAnotherHost() {
        String elsewhere = storage.put("/bucket/layer", layer.bytes());
        copy.source().fault(read().always().then(Faults.redirect(elsewhere + "?signature=abc")));

        copy.copies(image);

        assertThat(storage.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers().has("Authorization")).isFalse();
            assertThat(request.headers().has("Cookie")).isFalse();
            assertThat(request.query().raw()).isEqualTo("signature=abc");
        });
        assertThat(copy.reads(layer.digest()))
                .last()
                .satisfies(request ->
                        assertThat(request.headers().has("Authorization")).isTrue());
    }

    @Test
    void asksTheRegistryAgainForTheRestOfABrokenDownload() {
        copy.source().fault(read().always().then(Faults.redirect(storage.put("/bucket/layer", layer.bytes()))));
        storage.fault(Fault.on("GET", "/bucket/layer").then(BodyFaults.truncateResponseAfter(40_000)));

        copy.copies(image);

        assertThat(storage.requests())
                .extracting(request -> request.headers().first("Range").orElse("none"))
                .containsExactly("none", "bytes=40000-");
        assertThat(storage.requests()).noneMatch(request -> request.headers().has("Authorization"));
    }

    @Test
    void followsFiveRedirects() {
        ArmedFault fault = copy.source().fault(read().times(MOST_REDIRECTS).then(Faults.redirectToSelf()));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(MOST_REDIRECTS);
        assertThat(copy.clock().waits()).isEmpty();
    }

    @Test
    void followsNoMoreThanFiveRedirects() {
        ArmedFault fault = copy.source().fault(read().always().then(Faults.redirectToSelf()));

        DestinationReport report = copy.fails(ErrorKind.SOURCE_REFUSED);

        assertThat(fault.hits()).isEqualTo(1 + MOST_REDIRECTS);
        assertThat(report.error()).contains(layer.digest(), "redirects");
        assertThat(copy.clock().waits()).as("a loop stays one").isEmpty();
    }

    @Test
    void endsAnEndlessRedirectOfAManifest() {
        ArmedFault fault = copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(image.digest()))
                        .always()
                        .then(Faults.redirectToSelf()));

        copy.fails(ErrorKind.SOURCE_REFUSED);

        assertThat(fault.hits()).isEqualTo(1 + MOST_REDIRECTS);
    }

    @Test
    void refusesToBeSentToSomethingElseThanHttp() {
        copy.source().fault(read().always().then(Faults.redirect("file:///etc/passwd")));

        DestinationReport report = copy.fails(ErrorKind.SOURCE_REFUSED);

        assertThat(report.error()).contains(layer.digest(), "not an HTTP address");
    }
}
