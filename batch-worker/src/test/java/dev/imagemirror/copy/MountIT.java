package dev.imagemirror.copy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that a registry has in another repository already. */
class MountIT {
    private static final String FROM = "team/app";
    private static final String TO = "mirror/app";
    private static final String OTHER = "copies/app";
    private static final String TAG = "1.0";
    private static final String POSTS = "/v2/mirror/app/blobs/uploads/";
    private static final String UPLOADS = "/v2/.+/blobs/uploads/.+";
    private static final String BLOBS = "/v2/.+/blobs/sha256:.+";

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, 50_000, 1);

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry elsewhere = TestingRegistry.start();

    @AutoClose
    private final CopyTrial trial = new CopyTrial();

    @Test
    void mountsWithinOneRegistryAndMovesNothing() {
        CopyReport report = copyWithin();

        assertThat(registry.requests("POST", POSTS))
                .hasSize(image.blobs().size())
                .allMatch(request -> request.status() == 201)
                .extracting(request -> request.query().first("mount").orElseThrow())
                .containsExactlyInAnyOrderElementsOf(digests());
        assertThat(registry.requests("PUT", UPLOADS)).isEmpty();
        assertThat(registry.requests("GET", BLOBS)).isEmpty();
        assertThat(report.sourceBytes()).isZero();
        assertThat(report.destinations().get(0).transfer().bytesMounted()).isEqualTo(image.blobBytes());
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
    }

    @Test
    void namesTheRepositoryToMountFromAsQuayWantsIt() {
        registry.enable(Trait.MOUNT_NEEDS_FROM);

        copyWithin();

        assertThat(registry.requests("POST", POSTS))
                .hasSize(image.blobs().size())
                .allSatisfy(request -> {
                    assertThat(request.query().first("from")).hasValue(FROM);
                    assertThat(request.status()).isEqualTo(201);
                });
    }

    @Test
    void uploadsInTheSessionThatIsOpenedInsteadOfAMount() {
        registry.enable(Trait.NO_MOUNT);

        CopyReport report = copyWithin();

        List<RecordedRequest> posts = registry.requests("POST", POSTS);
        assertThat(posts)
                .as("no second session for any blob")
                .hasSize(image.blobs().size())
                .allMatch(request -> request.status() == 202)
                .anyMatch(MountIT::asksToMount);
        assertThat(registry.requests("PUT", UPLOADS)).hasSize(posts.size());
        assertThat(registry.content().uploads()).isEmpty();
        assertThat(report.destinations().get(0).transfer().bytesMounted()).isZero();
        assertThat(report.destinations().get(0).transfer().bytes()).isEqualTo(image.blobBytes());
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
    }

    @Test
    void asksNoMoreForMountsWhereTheyAreRefused() {
        registry.enable(Trait.NO_MOUNT);

        copyWithin();

        assertThat(registry.requests("POST", POSTS).stream().filter(MountIT::asksToMount))
                .as("at most the three blobs that begin together")
                .hasSizeBetween(1, 3);
    }

    @Test
    void uploadsWhereAMountIsDenied() {
        registry.fault(Fault.on("POST", POSTS).then(Faults.status(403, "DENIED", "no right to read")));

        CopyReport report = copyWithin();

        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);
        assertThat(registry.requests("POST", POSTS))
                .anyMatch(request -> request.status() == 403 && asksToMount(request))
                .anyMatch(request -> request.status() == 202 && !asksToMount(request));
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 413, 500, 501, 503})
    void uploadsWhereAMountIsRefusedHoweverThatIsSaid(int status) {
        registry.fault(Fault.on("POST", POSTS).always().then(Faults.onlyWith("mount", Faults.status(status))));

        assertUploadedInstead();
    }

    @Test
    void asksOnlyOnceMoreForAMountWhereARegistryIsBusy() {
        registry.fault(Fault.on("POST", POSTS).always().then(Faults.onlyWith("mount", Faults.status(503))));

        assertUploadedInstead();

        // blobs that begin after the first refusal are not asked for at all
        assertThat(registry.requests("POST", POSTS).stream()
                        .filter(MountIT::asksToMount)
                        .collect(groupingBy(request -> request.query().first("mount"), counting())))
                .isNotEmpty()
                .allSatisfy((blob, times) -> assertThat(times).isEqualTo(2));
    }

    @Test
    void uploadsWhereAMountIsNotAnswered() {
        registry.fault(Fault.on("POST", POSTS).always().then(Faults.onlyWith("mount", Faults.closeBeforeAnswer())));

        assertUploadedInstead();
    }

    @Test
    void uploadsWhereAMountOpensASessionNowhere() {
        registry.fault(
                Fault.on("POST", POSTS).always().then(Faults.onlyWith("mount", Faults.answer(Response.of(202)))));

        assertUploadedInstead();
    }

    @Test
    void uploadsOnceWhatWasSaidToBeMountedAndIsNotThere() {
        registry.enable(Trait.MOUNTS_NOTHING);

        CopyReport report = assertUploadedInstead();

        assertThat(registry.requests("PUT", UPLOADS))
                .as("each blob once")
                .hasSize(image.blobs().size());
        assertThat(report.destinations().get(0).transfer().bytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void uploadsOnceWhereEvenTheCheckSaysThatTheBlobIsThere() {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("HEAD", "/v2/mirror/app/blobs/.+")
                .skip(image.blobs().size())
                .always()
                .then(Faults.answer(Response.of(200))));

        assertUploadedInstead();
    }

    @Test
    void givesUpWhereTheContentIsMissingThoughItWasUploaded() {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/.+")
                .always()
                .then(Faults.status(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry")));

        CopyReport report = copyWithin();

        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(registry.requests("PUT", UPLOADS))
                .as("each blob of the first manifest once")
                .hasSize(image.children().get(0).blobs().size());
    }

    @Test
    void uploadsWhatWasSaidToBeThereAndIsNot() {
        registry.enable(Trait.SHOWS_LOST_BLOBS);
        image.putInto(elsewhere, FROM, TAG);

        CopyReport report = trial.copy(elsewhere.reference(FROM, TAG), registry.reference(TO, TAG));

        assertThat(report.destinations().get(0).errorKind()).isNull();
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
        assertThat(registry.requests("PUT", UPLOADS)).hasSize(image.blobs().size());
        assertThat(report.destinations().get(0).transfer().bytes()).isEqualTo(image.blobBytes());
        assertThat(report.destinations().get(0).transfer().bytesPresent()).isZero();
    }

    @Test
    void uploadsEachBlobOnceWhereOneIsOnlyShownAndOthersAreOnlySaidToBeMounted() {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("HEAD", "/v2/mirror/app/blobs/" + digests().get(0))
                .always()
                .then(Faults.answer(Response.of(200))));

        assertUploadedInstead();

        assertThat(registry.requests("PUT", UPLOADS)).hasSize(image.blobs().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 412, 422})
    void uploadsOnceMoreWhatIsSaidToBeMissing(int status) {
        image.putInto(elsewhere, FROM, TAG);
        image.children().get(0).putInto(registry, TO, "other");
        registry.content().delete(TO, image.children().get(0).digest());
        registry.fault(Fault.on("PUT", ".+/manifests/.+")
                .times(CopyTrial.ATTEMPTS)
                .then(Faults.status(status, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry")));

        CopyReport report = trial.copy(elsewhere.reference(FROM, TAG), registry.reference(TO, TAG));

        assertThat(report.destinations().get(0).errorKind()).isNull();
        assertThat(registry.requests("PUT", UPLOADS)).hasSize(image.blobs().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 409, 412, 415, 422})
    void uploadsOnceWhatWasOnlySaidToBeMountedHoweverTheManifestIsRefused(int status) {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/.+")
                .then(Faults.status(
                        status, "MANIFEST_INVALID", "Unknown blob " + digests().get(0))));

        assertUploadedInstead();

        assertThat(registry.requests("PUT", UPLOADS))
                .as("each blob once")
                .hasSize(image.blobs().size());
    }

    /** The refusal may be of the image itself, and for good: a whole image would be sent in vain with every job. */
    @Test
    void uploadsNothingThatIsThereWhereAManifestIsRefusedInOtherWords() {
        image.putInto(elsewhere, FROM, TAG);
        image.putInto(registry, TO, "old");
        registry.content().delete(TO, image.digest());
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/.+")
                .always()
                .then(Faults.status(400, "MANIFEST_INVALID", "the policy forbids this image")));

        CopyReport report = trial.copy(elsewhere.reference(FROM, TAG), registry.reference(TO, TAG));

        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(registry.requests("PUT", UPLOADS)).isEmpty();
    }

    @Test
    void pushesAChildThatWasOnlyShownHoweverTheIndexIsRefused() {
        image.putInto(elsewhere, FROM, TAG);
        registry.enable(Trait.SHOWS_LOST_MANIFESTS);
        image.putInto(registry, TO, "old");
        image.children().forEach(child -> registry.content().delete(TO, child.digest()));
        registry.content().delete(TO, image.digest());
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/" + TAG)
                .then(Faults.status(400, "MANIFEST_INVALID", "not all of it is here")));

        CopyReport report = trial.copy(elsewhere.reference(FROM, TAG), registry.reference(TO, TAG));

        assertThat(report.destinations().get(0).error()).isNull();
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 413, 429})
    void uploadsNothingAfterARefusalThatSaysNothingOfContent(int status) {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/.+").always().then(Faults.status(status)));

        assertThat(copyWithin().destinations().get(0).outcome()).isEqualTo(Outcome.FAILED);

        assertThat(registry.requests("PUT", UPLOADS)).isEmpty();
    }

    @Test
    void uploadsNothingWhereATagIsImmutable() {
        registry.enable(Trait.MOUNTS_NOTHING);
        registry.fault(Fault.on("PUT", "/v2/mirror/app/manifests/.+")
                .always()
                .then(Faults.status(400, "TAG_INVALID", "the tag is immutable")));

        assertThat(copyWithin().destinations().get(0).errorKind()).isEqualTo(ErrorKind.IMMUTABLE_TAG);

        assertThat(registry.requests("PUT", UPLOADS)).isEmpty();
    }

    private CopyReport assertUploadedInstead() {
        CopyReport report = copyWithin();

        assertThat(report.destinations().get(0).outcome())
                .as(report.destinations().get(0).error())
                .isEqualTo(Outcome.COPIED);
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
        assertThat(report.destinations().get(0).transfer().bytesMounted()).isZero();
        assertThat(registry.content().uploads()).isEmpty();
        return report;
    }

    @Test
    void uploadsOnceAndMountsOnceForTwoRepositoriesOfARegistry() {
        CopyReport report = copyToTwoRepositories();

        assertThat(elsewhere.requests("GET", BLOBS)).hasSize(image.blobs().size());
        assertThat(registry.requests("PUT", UPLOADS))
                .extracting(request -> request.query().first("digest").orElseThrow())
                .containsExactlyInAnyOrderElementsOf(digests());
        assertThat(registry.requests("POST", ".+").stream().filter(MountIT::asksToMount))
                .hasSize(image.blobs().size())
                .allMatch(request -> request.status() == 201);
        assertThat(sum(report, DestinationReport.Transfer::bytes)).isEqualTo(image.blobBytes());
        assertThat(sum(report, DestinationReport.Transfer::bytesMounted)).isEqualTo(image.blobBytes());
        assertBothEqual();
    }

    @Test
    void uploadsToTheOtherRepositoryWhatTheFirstOneFailedToGet() {
        registry.fault(Fault.on("PUT", UPLOADS).then(Faults.status(403)));

        CopyReport report = copyToTwoRepositories();

        assertThat(report.destinations())
                .extracting(DestinationReport::outcome)
                .containsExactlyInAnyOrder(Outcome.FAILED, Outcome.COPIED);
    }

    @Test
    void uploadsTwiceWhereARegistryDoesNotMount() {
        registry.enable(Trait.NO_MOUNT);

        copyToTwoRepositories();

        assertThat(registry.requests("PUT", UPLOADS)).hasSize(2 * image.blobs().size());
        assertThat(registry.requests("POST", ".+")).hasSize(2 * image.blobs().size());
        assertThat(registry.content().uploads()).isEmpty();
        assertBothEqual();
    }

    private CopyReport copyWithin() {
        image.putInto(registry, FROM, TAG);
        return trial.copy(registry.reference(FROM, TAG), registry.reference(TO, TAG));
    }

    private CopyReport copyToTwoRepositories() {
        image.putInto(elsewhere, FROM, TAG);
        return trial.copy(elsewhere.reference(FROM, TAG), registry.reference(TO, TAG), registry.reference(OTHER, TAG));
    }

    private void assertBothEqual() {
        assertThat(image.differences(registry, TO, TAG)).isEmpty();
        assertThat(image.differences(registry, OTHER, TAG)).isEmpty();
    }

    private List<String> digests() {
        return image.blobs().stream().map(TestingBlob::digest).toList();
    }

    private static long sum(CopyReport report, ToLongFunction<DestinationReport.Transfer> number) {
        return report.destinations().stream()
                .map(DestinationReport::transfer)
                .mapToLong(number)
                .sum();
    }

    private static boolean asksToMount(RecordedRequest request) {
        return request.query().first("mount").isPresent();
    }
}
