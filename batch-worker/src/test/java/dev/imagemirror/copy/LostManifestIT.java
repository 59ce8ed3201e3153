package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that a destination shows by HEAD and does not know when others name them. */
class LostManifestIT {
    private static final String NAME = TestingCopy.NAME;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 1).storedIn(copy.source(), NAME, TestingCopy.TAG);
    private final TestingImage child = image.children().get(0);

    private int pushes(String reference) {
        return copy.destination()
                .requests("PUT", TestingCopy.manifestPath(reference))
                .size();
    }

    private void show(String digest) {
        copy.destination()
                .fault(Fault.on("HEAD", TestingCopy.manifestPath(digest))
                        .always()
                        .then(Faults.answer(Response.of(200).with("Docker-Content-Digest", digest))));
    }

    @Test
    void aPlatformIsPushedAfterAll() {
        show(child.digest());

        copy.copies(image);

        assertThat(pushes(child.digest())).isEqualTo(1);
    }

    @Test
    void onlyWhatIsNotShownTheSecondTimeIsPushed() {
        copy.destination()
                .fault(Fault.on("HEAD", TestingCopy.manifestPath(child.digest()))
                        .then(Faults.answer(Response.of(200).with("Docker-Content-Digest", child.digest()))));
        TestingImage other = image.children().get(1);
        other.putInto(copy.destination(), NAME, "");

        copy.copies(image);

        assertThat(pushes(child.digest())).isEqualTo(1);
        assertThat(pushes(other.digest())).isZero();
    }

    @ParameterizedTest
    @CsvSource({"400, MANIFEST_UNKNOWN", "404, MANIFEST_UNKNOWN", "404, MANIFEST_BLOB_UNKNOWN", "400, BLOB_UNKNOWN"})
    void itDoesNotMatterHowTheRegistrySaysThatItIsUnknown(int status, String code) {
        child.putInto(copy.destination(), NAME, "");
        copy.destination()
                .fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                        .times(TestingCopy.ATTEMPTS)
                        .then(Faults.status(status, code, "unknown")));

        copy.copies(image);

        assertThat(pushes(child.digest())).isEqualTo(1);
    }

    @Test
    void itIsPushedOnceThoughTheRegistryGoesOnMissingIt() {
        child.putInto(copy.destination(), NAME, "");
        ArmedFault fault = copy.destination()
                .fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                        .always()
                        .then(Faults.status(400, "MANIFEST_BLOB_UNKNOWN", "unknown")));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(pushes(child.digest())).isEqualTo(1);
        assertThat(fault.hits()).isEqualTo(2 * TestingCopy.ATTEMPTS);
    }

    @Test
    void everythingIsSentWhereTheRegistryShowsAllThatItIsAskedFor() {
        copy.destination().enable(Trait.SHOWS_LOST_MANIFESTS);
        copy.destination().enable(Trait.SHOWS_LOST_BLOBS);
        TestingImage nested =
                TestingImage.index().add(image).add(TestingImages.small(3)).build();
        nested.putInto(copy.source(), NAME, TestingCopy.TAG);

        copy.copies(nested);
    }

    @Test
    void aListedBlobIsSentToo() {
        copy.destination().enable(Trait.ANY_MANIFEST);
        TestingBlob statement = TestingBlob.text("application/vnd.in-toto+json", "{}", Map.of());
        TestingImage index = TestingImage.index().add(child).add(statement).build();
        index.putInto(copy.source(), NAME, TestingCopy.TAG);
        show(statement.digest());

        copy.copies(index);
    }

    @Test
    void aReferrerIsPushedBeforeTheListThatNamesIt() {
        copy.destination().enable(Trait.NO_REFERRERS);
        TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
        sbom.putInto(copy.source(), NAME, "");
        show(sbom.digest());

        copy.withReferrers().copies(image);

        assertThat(sbom.differences(copy.destination(), NAME, sbom.digest())).isEmpty();
        assertThat(copy.destination().content().tagDigest(NAME, image.digest().replace(':', '-')))
                .isPresent();
    }
}
