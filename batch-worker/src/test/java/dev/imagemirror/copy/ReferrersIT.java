package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What refers to an image goes with it, if asked for. */
class ReferrersIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    private final TestingImage platform = TestingImages.small(1);
    private final TestingImage image =
            TestingImage.index().add(platform).add(TestingImages.small(2)).build();
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final TestingImage scan = TestingImages.referrer(image, "application/vnd.example.scan");

    @AutoClose
    private final TestingRegistry source =
            TestingRegistry.builder().referrerPage(1).start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @AutoClose
    private final CopyTrial trial = new CopyTrial();

    @BeforeEach
    void fillTheSource() {
        image.putInto(source, NAME, TAG);
    }

    @Test
    void copiesEveryPageOfTheList() {
        TestingImage third = TestingImages.referrer(image, "application/vnd.example.third");
        List.of(sbom, scan, third).forEach(referrer -> referrer.putInto(source, NAME, ""));

        copy();

        assertThat(source.requests("GET", "/v2/team/app/referrers/" + image.digest()))
                .hasSize(3);
        assertCopied(image, sbom, scan, third);
        assertThat(destination.content().tags(NAME)).containsExactly(TAG);
    }

    @Test
    void copiesReferrersOfThePlatformsAndOfReferrers() {
        TestingImage ofPlatform = TestingImages.referrer(platform, "application/vnd.example.provenance");
        TestingImage ofReferrer = TestingImages.referrer(sbom, "application/vnd.example.signature");
        TestingImage ofThat = TestingImages.referrer(ofReferrer, "application/vnd.example.countersignature");
        List.of(sbom, ofPlatform, ofReferrer, ofThat).forEach(referrer -> referrer.putInto(source, NAME, ""));

        copy();

        assertCopied(image, sbom, ofPlatform, ofReferrer, ofThat);
    }

    @Test
    void copiesAReferrerThatIsAnIndex() {
        TestingImage referrer =
                TestingImage.index().add(TestingImages.small(3)).subject(image).build();
        referrer.putInto(source, NAME, "");

        copy();

        assertCopied(image, referrer);
    }

    @Test
    void copiesWhatCosignStores() {
        TestingImage signature = TestingImages.signature(image);
        TestingImage attestation = TestingImages.artifact(4);
        TestingImage bill = TestingImages.artifact(5);
        TestingImage ofPlatform = TestingImages.signature(platform);
        signature.putInto(source, NAME, image.cosignTag("sig"));
        attestation.putInto(source, NAME, image.cosignTag("att"));
        bill.putInto(source, NAME, image.cosignTag("sbom"));
        ofPlatform.putInto(source, NAME, platform.cosignTag("sig"));

        copy();

        assertThat(signature.differences(destination, NAME, image.cosignTag("sig")))
                .isEmpty();
        assertThat(attestation.differences(destination, NAME, image.cosignTag("att")))
                .isEmpty();
        assertThat(bill.differences(destination, NAME, image.cosignTag("sbom"))).isEmpty();
        assertThat(ofPlatform.differences(destination, NAME, platform.cosignTag("sig")))
                .isEmpty();
    }

    @Test
    void renewsACosignTagThatMoved() {
        TestingImages.artifact(6).putInto(destination, NAME, image.cosignTag("sig"));
        TestingImage signature = TestingImages.signature(image);
        signature.putInto(source, NAME, image.cosignTag("sig"));

        copy();

        assertThat(signature.differences(destination, NAME, image.cosignTag("sig")))
                .isEmpty();
    }

    @Test
    void copiesNoneUnlessAsked() {
        sbom.putInto(source, NAME, "");
        TestingImages.signature(image).putInto(source, NAME, image.cosignTag("sig"));

        trial.copy(source.reference(NAME, TAG), destination.reference(NAME, TAG));

        assertCopied(image);
        assertThat(destination.content().manifests(NAME))
                .hasSize(image.manifests().size());
        assertThat(destination.content().tags(NAME)).containsExactly(TAG);
        assertThat(source.requests("*", ".+/referrers/.+")).isEmpty();
    }

    @Test
    void bringsALaterReferrerThoughTheImageIsEqual() {
        copy();
        destination.clearRequests();
        sbom.putInto(source, NAME, "");

        CopyReport report = copy();

        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(report.destinations().get(0).transfer().bytes()).isEqualTo(sbom.blobBytes());
        assertCopied(image, sbom);
        assertThat(destination.requests("PUT", ".+/manifests/.+"))
                .extracting(RecordedRequest::path)
                .containsExactly("/v2/team/app/manifests/" + sbom.digest());
    }

    @Test
    void writesNothingWhenEveryReferrerIsThere() {
        sbom.putInto(source, NAME, "");
        TestingImages.signature(image).putInto(source, NAME, image.cosignTag("sig"));
        copy();
        destination.clearRequests();

        copy();

        assertThat(destination.requests("POST", ".+")).isEmpty();
        assertThat(destination.requests("PUT", ".+")).isEmpty();
    }

    @Test
    void setsTheTagAfterTheReferrers() {
        sbom.putInto(source, NAME, "");
        TestingImages.signature(image).putInto(source, NAME, image.cosignTag("sig"));

        copy();

        List<String> puts = destination.requests("PUT", ".+/manifests/.+").stream()
                .map(RecordedRequest::path)
                .toList();
        assertThat(puts).contains("/v2/team/app/manifests/" + sbom.digest()).endsWith("/v2/team/app/manifests/" + TAG);
    }

    @Test
    void leavesTheTagAloneWhenAReferrerCannotBeCopied() {
        sbom.putInto(source, NAME, "");
        source.content().delete(NAME, sbom.blobs().get(1).digest());

        CopyReport report = copy();

        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(destination.content().tags(NAME)).isEmpty();
    }

    private CopyReport copy() {
        return trial.copyWithReferrers(source.reference(NAME, TAG), destination.reference(NAME, TAG));
    }

    private void assertCopied(TestingImage first, TestingImage... referrers) {
        assertThat(first.differences(destination, NAME, TAG)).isEmpty();
        for (TestingImage referrer : referrers) {
            assertThat(referrer.differences(destination, NAME, referrer.digest()))
                    .isEmpty();
        }
    }
}
