package dev.imagemirror.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link DigestResolver} does. */
public abstract class DigestResolverContract {
    private static final TestingImage IMAGE = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 1);
    private static final Digest DIGEST = Digest.parse(IMAGE.digest());
    private static final Digest OTHER = Digest.parse(TestingImages.small(2).digest());

    /** What is tested. */
    protected abstract DigestResolver resolver();

    /** {@code registry/repository}, in which there is nothing yet. */
    protected abstract String repository();

    /** Puts an image into {@link #repository}. */
    protected abstract void put(String tag, TestingImage image);

    /** Puts what refers to an image into {@link #repository}. */
    protected abstract void putReferrer(TestingImage image, TestingImage referrer);

    @ParameterizedTest
    @EnumSource(Freshness.class)
    void answersEachReferenceOnce(Freshness freshness) {
        put("v1", IMAGE);
        ImageReference tag = reference(":v1");
        ImageReference digest = reference("@" + DIGEST);
        ImageReference both = reference(":v1@" + DIGEST);
        ImageReference missingTag = reference(":v2");
        ImageReference missingDigest = reference("@" + OTHER);

        var answers = resolver().resolve(List.of(tag, digest, both, missingTag, missingDigest, tag), freshness);

        assertThat(answers)
                .hasSize(5)
                .containsEntry(tag, new Resolution.Found(DIGEST))
                .containsEntry(digest, new Resolution.Found(DIGEST))
                .containsEntry(both, new Resolution.Found(DIGEST))
                .containsEntry(missingTag, new Resolution.Missing())
                .containsEntry(missingDigest, new Resolution.Missing());
    }

    @Test
    void answersNothingToNoQuestion() {
        assertThat(resolver().resolve(List.of(), Freshness.FRESH)).isEmpty();
    }

    @Test
    void listsTags() {
        put("v1", IMAGE);
        put("v2", IMAGE);

        DigestResolver.TagListing listing = resolver().tags(reference(":v1"), Freshness.FRESH);

        assertThat(listing.failure()).isNull();
        assertThat(listing.tags()).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void saysThatTheListedRepositoryIsMissing() {
        DigestResolver.TagListing listing = resolver().tags(reference(""), Freshness.FRESH);

        assertThat(listing.failure()).isEqualTo(new Resolution.Missing());
        assertThat(listing.tags()).isEmpty();
    }

    @Test
    void findsReferrers() {
        put("v1", IMAGE);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);

        assertThat(resolver().referrers(reference(""), DIGEST).digests())
                .containsExactly(Digest.parse(referrer.digest()));
        assertThat(resolver().referrers(reference(""), OTHER)).isEqualTo(new DigestResolver.ReferrerListing(Set.of()));
    }

    @Test
    void knowsWhichReferrersArePresent() {
        put("v1", IMAGE);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);
        Digest digest = Digest.parse(referrer.digest());

        assertThat(resolver()
                        .presentReferrers(reference(""), DIGEST, Set.of(digest, OTHER))
                        .digests())
                .containsExactly(digest);
        assertThat(resolver().presentReferrers(reference(""), DIGEST, Set.of()).digests())
                .isEmpty();
    }

    @Test
    void confirmsReferrers() {
        put("v1", IMAGE);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);
        Set<Digest> listed = Set.of(Digest.parse(referrer.digest()));

        assertThat(resolver().confirmedReferrers(reference(""), DIGEST, listed).digests())
                .isEqualTo(listed);
    }

    @Test
    void addsUpTheBlobs() {
        put("v1", IMAGE);

        assertThat(resolver().size(reference(":v1"), DIGEST)).isEqualTo(OptionalLong.of(IMAGE.blobBytes()));
        assertThat(resolver().size(reference(":v1"), OTHER)).isEmpty();
    }

    private ImageReference reference(String tagOrDigest) {
        return ImageReference.parse(repository() + tagOrDigest);
    }
}
