package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.DirectContent;
import dev.imagemirror.testing.registry.Trait;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries answer, or people made, in place of a list of referrers or of cosign's tags. */
class BogusReferrersIT {
    private static final String NAME = TestingCopy.NAME;
    private static final String TAG = TestingCopy.TAG;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne().withReferrers();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 1000, 1).storedIn(copy.source(), NAME, TAG);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final TestingImage other = TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 1000, 2);
    private final String fallbackTag = image.digest().replace(':', '-');

    @BeforeEach
    void fill() {
        copy.destination().enable(Trait.NO_REFERRERS);
    }

    @Test
    void takesNoImageForTheListOfItsReferrers() {
        copy.source().enable(Trait.REFERRERS_ARE_SUBJECT);

        assertNothingButTheImage();
    }

    @Test
    void takesTheFallbackTagWhereTheApiAnswersTheImage() {
        copy.source().enable(Trait.REFERRERS_ARE_SUBJECT);
        sbom.putInto(copy.source(), NAME, "");
        TestingImage.index().add(sbom).build().putInto(copy.source(), NAME, fallbackTag);

        assertListed(sbom);
    }

    @Test
    void takesNoTagForAListThatIsTheImageItself() {
        copy.source().enable(Trait.NO_REFERRERS);
        copy.source().enable(Trait.DIGEST_TAGS_ARE_SUBJECT);

        assertNothingButTheImage();
    }

    @Test
    void takesNoPlatformForAReferrerThoughAListNamesIt() {
        copy.source().enable(Trait.NO_REFERRERS);
        putList(copy.source().content(), image.children().toArray(TestingImage[]::new));

        assertNothingButTheImage();
    }

    @Test
    void takesNoReferrerOfAnotherImage() {
        copy.source().enable(Trait.NO_REFERRERS);
        TestingImage ofOther = TestingImages.referrer(other, "application/vnd.example.sbom");
        ofOther.putInto(copy.source(), NAME, "");
        putList(copy.source().content(), ofOther);

        assertNothingButTheImage();
        assertThat(copy.destination().content().manifest(NAME, ofOther.digest()))
                .isEmpty();
    }

    @Test
    void passesOverWhatIsListedAndGone() {
        copy.source().enable(Trait.NO_REFERRERS);
        sbom.putInto(copy.source(), NAME, "");
        putList(copy.source().content(), TestingImages.referrer(image, "application/vnd.example.gone"), sbom);

        assertListed(sbom);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"schemaVersion\":1}"})
    void takesNoTagForAListThatCannotBeRead(String content) {
        copy.source().enable(Trait.NO_REFERRERS);
        copy.source().content().putManifest(NAME, fallbackTag, "application/json", content.getBytes(UTF_8));

        assertNothingButTheImage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sig", "att", "sbom"})
    void takesNoIndexForASignature(String suffix) {
        other.putInto(copy.source(), NAME, image.cosignTag(suffix));

        assertNothingButTheImage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sig", "att", "sbom"})
    void takesNoPlatformForASignature(String suffix) {
        copy.source()
                .content()
                .putTag(NAME, image.cosignTag(suffix), image.children().get(0).digest());

        assertNothingButTheImage();
    }

    @Test
    void takesNoImageForItsOwnSignature() {
        TestingImage artifact = TestingImages.artifact(7);
        artifact.putInto(copy.source(), NAME, TAG);
        copy.source().content().putTag(NAME, artifact.cosignTag("sig"), artifact.digest());

        assertThat(copy.copy().destinations().get(0).errorKind()).isNull();

        assertThat(copy.destination().content().tags(NAME)).containsExactly(TAG);
    }

    @Test
    void takesNothingForASignatureThatIsNoManifest() {
        copy.source()
                .content()
                .putManifest(NAME, image.cosignTag("sig"), "application/json", "{\"a\":1}".getBytes(UTF_8));

        assertNothingButTheImage();
    }

    @Test
    void beginsAListWhereTheDestinationShowsTheImageForWantOfTheTag() {
        copy.destination().enable(Trait.DIGEST_TAGS_ARE_SUBJECT);
        sbom.putInto(copy.source(), NAME, "");

        assertListed(sbom);
    }

    @Test
    void saysThatADestinationNeverShowsTheList() {
        copy.destination().enable(Trait.DIGEST_TAGS_ARE_SUBJECT);
        copy.destination()
                .fault(Fault.on("PUT", TestingCopy.manifestPath(fallbackTag))
                        .always()
                        .then(Faults.status(201)));
        sbom.putInto(copy.source(), NAME, "");

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(report.error()).contains(fallbackTag, "copy without them");
    }

    @Test
    void leavesATagOfTheImageItselfAlone() {
        image.putInto(copy.destination(), NAME, fallbackTag);
        sbom.putInto(copy.source(), NAME, "");

        assertRefused("it is a tag of the image itself; remove that tag", image);
    }

    @Test
    void leavesAnIndexAloneWhoseEntriesHaveNoArtifactType() {
        String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}";
        TestingImage artifact = TestingImages.artifact(8);
        String typed = entry.formatted(
                artifact.mediaType(), artifact.digest(), artifact.bytes().length, ",\"artifactType\":\"a/b\"");
        TestingImage report = TestingImages.artifact(9);
        String untyped = entry.formatted(report.mediaType(), report.digest(), report.bytes().length, "");
        List.of(artifact, report).forEach(listed -> listed.putInto(copy.destination(), NAME, ""));
        String digest = putIndex(copy.destination().content(), typed + "," + untyped);
        sbom.putInto(copy.source(), NAME, "");

        assertRefused("it is an unrelated index; remove that tag", digest);
    }

    @Test
    void leavesAnImageOfSeveralPlatformsAlone() {
        other.putInto(copy.destination(), NAME, fallbackTag);
        sbom.putInto(copy.source(), NAME, "");

        assertRefused("it is a multi-platform image; remove that tag", other);
    }

    @Test
    void leavesADockerListAlone() {
        TestingImage list = TestingImages.dockerList(1000, 5);
        list.putInto(copy.destination(), NAME, fallbackTag);
        sbom.putInto(copy.source(), NAME, "");

        assertRefused("it is of type " + MediaTypes.DOCKER_LIST, list);
    }

    @Test
    void replacesAListThatNamesPlatformsAsReferrers() {
        image.putInto(copy.destination(), NAME, TAG);
        putList(copy.destination().content(), image.children().toArray(TestingImage[]::new));
        sbom.putInto(copy.source(), NAME, "");

        assertListed(sbom);
    }

    @Test
    void keepsAListThatNamesStrangersToo() {
        TestingImage own = TestingImages.referrer(image, "application/vnd.example.own");
        own.putInto(copy.destination(), NAME, "");
        other.putInto(copy.destination(), NAME, "");
        putList(copy.destination().content(), other, own);
        sbom.putInto(copy.source(), NAME, "");

        assertListed(other, own, sbom);
    }

    @Test
    void replacesAListOfWhatIsGone() {
        TestingImage gone = TestingImages.referrer(image, "application/vnd.example.gone");
        putList(copy.destination().content(), gone);
        sbom.putInto(copy.source(), NAME, "");

        assertListed(sbom);
    }

    private void assertNothingButTheImage() {
        assertThat(copy.copy().destinations().get(0).errorKind()).isNull();
        assertThat(image.differences(copy.destination(), NAME, TAG)).isEmpty();
        assertThat(copy.destination().content().tags(NAME)).containsExactly(TAG);
        assertThat(copy.destination().content().manifests(NAME))
                .hasSize(image.manifests().size());
    }

    /** After one copy, and no other request to write after another. */
    private void assertListed(TestingImage... referrers) {
        List<String> digests = Stream.of(referrers).map(TestingImage::digest).toList();
        assertThat(copy.copy().destinations().get(0).errorKind()).isNull();
        assertThat(list()).containsExactlyElementsOf(digests);
        copy.destination().clearRequests();
        assertThat(copy.copy().destinations().get(0).outcome()).isEqualTo(Outcome.PRESENT);
        assertThat(copy.destination().requests("PUT", ".+")).isEmpty();
    }

    private void assertRefused(String why, TestingImage kept) {
        assertRefused(why, kept.digest());
    }

    private void assertRefused(String why, String kept) {
        DestinationReport report = copy.copy().destinations().get(0);
        assertThat(report.errorKind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(report.error()).contains(fallbackTag, why);
        assertThat(copy.destination().content().tagDigest(NAME, fallbackTag)).hasValue(kept);
    }

    private List<String> list() {
        try {
            return new ObjectMapper()
                    .readTree(copy.destination()
                            .content()
                            .manifest(NAME, fallbackTag)
                            .orElseThrow())
                    .path("manifests")
                    .findValuesAsText("digest");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An index as clients write it under the fallback tag: no platforms, artifact types. */
    private void putList(DirectContent content, TestingImage... entries) {
        putIndex(
                content,
                Stream.of(entries)
                        .map(entry ->
                                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"artifactType\":\"application/vnd.example\"}"
                                        .formatted(entry.mediaType(), entry.digest(), entry.bytes().length))
                        .collect(Collectors.joining(",")));
    }

    private String putIndex(DirectContent content, String entries) {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaTypes.OCI_INDEX, entries);
        return content.putManifest(NAME, fallbackTag, MediaTypes.OCI_INDEX, index.getBytes(UTF_8));
    }
}
