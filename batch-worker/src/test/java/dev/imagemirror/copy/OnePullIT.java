package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a copy to four registries costs, request by request. */
class OnePullIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";
    private static final String BLOBS = "/v2/team/app/blobs/sha256:.+";
    private static final String MANIFESTS = "/v2/team/app/manifests/.+";
    /** More than the buffers of a shared read hold. */
    private static final int LAYER_BYTES = 300_000;

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, LAYER_BYTES, 1);

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final List<TestingRegistry> destinations =
            Stream.generate(TestingRegistry::start).limit(4).toList();

    @AutoClose
    private final CopyTrial trial = new CopyTrial();

    @AfterEach
    void stop() {
        destinations.forEach(TestingRegistry::close);
    }

    @Test
    void readsEachBlobOnceForFourDestinations() {
        image.putInto(source, NAME, TAG);

        CopyReport report = copy();

        assertThat(last(source.requests("GET", BLOBS))).containsExactlyInAnyOrderElementsOf(digests(image));
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
        assertThat(report.sourceRequests()).isEqualTo(source.requests().size());
        assertAllEqual();
    }

    @Test
    void readsEachManifestOnceForFourDestinations() {
        image.putInto(source, NAME, TAG);

        copy();

        assertThat(last(source.requests("GET", MANIFESTS)))
                .containsExactlyInAnyOrderElementsOf(
                        image.manifests().stream().map(TestingImage::digest).toList());
    }

    @Test
    void sharesWhatOnlySomeDestinationsLack() {
        image.putInto(source, NAME, TAG);
        List<TestingBlob> blobs = image.blobs();
        blobs.subList(1, blobs.size())
                .forEach(blob -> destinations.get(0).content().putBlob(NAME, blob.bytes()));
        image.putInto(destinations.get(1), NAME, TAG);

        copy();

        assertThat(last(source.requests("GET", BLOBS))).containsExactlyInAnyOrderElementsOf(digests(image));
        assertThat(uploaded(destinations.get(0))).containsExactly(blobs.get(0).digest());
        assertThat(destinations.get(1).requests()).hasSize(1);
        assertAllEqual();
    }

    @Test
    void uploadsANewBlobByHeadPostAndOnePut() {
        image.putInto(source, NAME, TAG);

        copy();

        int blobs = image.blobs().size();
        assertThat(destinations).allSatisfy(registry -> {
            assertThat(last(registry.requests("HEAD", BLOBS))).containsExactlyInAnyOrderElementsOf(digests(image));
            assertThat(registry.requests("POST", ".+"))
                    .hasSize(blobs)
                    .allMatch(request -> request.path().equals("/v2/team/app/blobs/uploads/"));
            assertThat(uploaded(registry)).containsExactlyInAnyOrderElementsOf(digests(image));
            assertThat(registry.requests("PUT", ".+"))
                    .hasSize(blobs + image.manifests().size());
            assertThat(registry.requests()).extracting(RecordedRequest::method).containsOnly("HEAD", "POST", "PUT");
        });
    }

    @Test
    void asksByHeadAloneForABlobThatIsThere() {
        image.putInto(source, NAME, TAG);
        image.blobs().forEach(blob -> destinations.get(0).content().putBlob(NAME, blob.bytes()));

        CopyReport report = trial.copy(source.reference(NAME, TAG), reference(0));

        assertThat(last(destinations.get(0).requests("*", BLOBS))).containsExactlyInAnyOrderElementsOf(digests(image));
        assertThat(destinations.get(0).requests("POST", ".+")).isEmpty();
        assertThat(source.requests("GET", BLOBS)).isEmpty();
        assertThat(report.destinations().get(0).transfer().bytesPresent()).isEqualTo(image.blobBytes());
        assertThat(report.destinations().get(0).transfer().bytes()).isZero();
    }

    @Test
    void takesPlatformsThatAreThereAsTheyAre() {
        image.putInto(source, NAME, TAG);
        image.children().get(0).putInto(destinations.get(0), NAME, "");

        trial.copy(source.reference(NAME, TAG), reference(0));

        List<String> other = digests(image.children().get(1));
        assertThat(last(destinations.get(0).requests("HEAD", BLOBS))).containsExactlyInAnyOrderElementsOf(other);
        assertThat(uploaded(destinations.get(0))).containsExactlyInAnyOrderElementsOf(other);
        assertThat(image.differences(destinations.get(0), NAME, TAG)).isEmpty();
    }

    @Test
    void asksOnceEachWhenAllAreEqual() {
        image.putInto(source, NAME, TAG);
        destinations.forEach(registry -> image.putInto(registry, NAME, TAG));

        CopyReport report = copy();

        assertThat(Stream.concat(Stream.of(source), destinations.stream()))
                .allSatisfy(registry -> assertThat(registry.requests())
                        .singleElement()
                        .returns("HEAD", RecordedRequest::method)
                        .returns("/v2/team/app/manifests/" + TAG, RecordedRequest::path));
        assertThat(report.destinations()).extracting(DestinationReport::outcome).containsOnly(Outcome.PRESENT);
    }

    @Test
    void pushesBlobsThenChildrenByDigestThenTheTag() {
        TestingImage nested = TestingImage.index()
                .add(TestingImages.small(2))
                .add(TestingImage.index().add(image).add(TestingImages.small(3)).build())
                .build();
        nested.putInto(source, NAME, TAG);

        trial.copy(source.reference(NAME, TAG), reference(0));

        List<RecordedRequest> puts = destinations.get(0).requests("PUT", ".+");
        int blobs = nested.blobs().size();
        assertThat(puts.subList(0, blobs)).allMatch(put -> put.path().contains("/blobs/uploads/"));
        List<String> manifests = last(puts.subList(blobs, puts.size()));
        assertThat(manifests).hasSize(nested.manifests().size()).endsWith(TAG);
        assertChildrenComeFirst(nested, manifests);
    }

    @Test
    void copiesWhatTheTagWasWhenItWasFirstSeen() {
        image.putInto(source, NAME, TAG);
        TestingImage newer = TestingImages.small(4);
        newer.putInto(source, NAME, "");
        source.fault(Fault.on("GET", MANIFESTS)
                .then(Faults.run(() -> source.content().putTag(NAME, TAG, newer.digest()))));

        CopyReport report = copy();

        assertThat(source.content().tagDigest(NAME, TAG)).hasValue(newer.digest());
        assertThat(report.digest()).hasToString(image.digest());
        assertAllEqual();
    }

    @Test
    void resolvesTheTagOnceAndReadsByDigest() {
        image.putInto(source, NAME, TAG);

        copy();

        List<RecordedRequest> asked = source.requests("*", MANIFESTS);
        assertThat(asked.get(0)).returns("HEAD", RecordedRequest::method);
        assertThat(last(asked.subList(0, 1))).containsExactly(TAG);
        assertThat(last(asked.subList(1, asked.size())))
                .isNotEmpty()
                .allMatch(reference -> reference.startsWith("sha256:"));
    }

    private static void assertChildrenComeFirst(TestingImage parent, List<String> pushed) {
        int position = pushed.indexOf(parent.digest());
        for (TestingImage child : parent.children()) {
            assertThat(pushed.indexOf(child.digest())).isBetween(0, position < 0 ? pushed.size() - 2 : position - 1);
            assertChildrenComeFirst(child, pushed);
        }
    }

    private CopyReport copy() {
        return trial.copy(source.reference(NAME, TAG), reference(0), reference(1), reference(2), reference(3));
    }

    private String reference(int destination) {
        return destinations.get(destination).reference(NAME, TAG);
    }

    private void assertAllEqual() {
        assertThat(destinations)
                .allSatisfy(registry ->
                        assertThat(image.differences(registry, NAME, TAG)).isEmpty());
    }

    private static List<String> digests(TestingImage of) {
        return of.blobs().stream().map(TestingBlob::digest).toList();
    }

    private static List<String> uploaded(TestingRegistry registry) {
        return registry.requests("PUT", "/v2/team/app/blobs/uploads/.+").stream()
                .map(request -> request.query().first("digest").orElseThrow())
                .toList();
    }

    /** The last part of each path: a digest or a tag. */
    private static List<String> last(List<RecordedRequest> requests) {
        return requests.stream()
                .map(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
                .toList();
    }
}
