package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.DigestResolver.ReferrerListing;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.operator.testing.DigestResolverContract;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryDigestResolverTest extends DigestResolverContract {
    private static final String MANIFESTS = "/v2/team/app/manifests/.+";
    private static final TestingImage IMAGE = TestingImages.small(7);
    private static final Resolution FOUND = new Resolution.Found(Digest.parse(IMAGE.digest()));

    private final TestingRegistry registry = TestingRegistry.builder()
            .tagPage(2)
            .rateLimit(100, Duration.ofHours(6))
            .start();
    private final Resolvers resolvers = new Resolvers();

    @AfterEach
    void stop() {
        resolvers.close();
        registry.close();
    }

    @Test
    void asksEachReferenceOnceInASweepAndGetsNoManifest() {
        List<ImageReference> references = IntStream.range(0, 40)
                .mapToObj(i -> "t" + i)
                .peek(tag -> put(tag, IMAGE))
                .map(tag -> ImageReference.parse(repository() + ":" + tag))
                .toList();

        for (int pass = 0; pass < 3; pass++) {
            assertThat(resolvers.resolver.resolve(references, Freshness.OF_THIS_SWEEP))
                    .hasSize(40)
                    .allSatisfy(
                            (reference, resolution) -> assertThat(resolution).isEqualTo(FOUND));
        }

        assertThat(registry.requests("HEAD", MANIFESTS)).hasSize(40);
        assertThat(registry.requests()).hasSize(40);
    }

    @Test
    void asksMissingReferencesOnceInASweep() {
        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(new Resolution.Missing());
        put("v1", IMAGE);

        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(new Resolution.Missing());

        assertThat(registry.requests("HEAD", MANIFESTS)).hasSize(1);
    }

    @Test
    void asksAnewInTheNextSweep() {
        resolvers.sweep(repository() + ":v1");
        put("v1", IMAGE);
        resolvers.clock.advance(Resolvers.LIMITS.sweepWindow());

        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(FOUND);
    }

    @Test
    void asksAnewWhatHasToBeOfNowAndRemembersThat() {
        resolvers.sweep(repository() + ":v1");
        put("v1", IMAGE);

        assertThat(resolvers.now(repository() + ":v1")).isEqualTo(FOUND);
        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(FOUND);
        assertThat(resolvers.now(repository() + ":v1")).isEqualTo(FOUND);

        assertThat(registry.requests("HEAD", MANIFESTS)).hasSize(3);
    }

    @Test
    void forgetsAnAnswerThatWasFollowedByAFailure() {
        put("v1", IMAGE);
        resolvers.sweep(repository() + ":v1");
        ArmedFault failure = registry.fault(Fault.on("*", MANIFESTS).always().then(Faults.status(500)));
        resolvers.now(repository() + ":v1");
        failure.remove();
        registry.clearRequests();

        resolvers.sweep(repository() + ":v1");

        assertThat(registry.requests("*", MANIFESTS)).isNotEmpty();
    }

    @Test
    void asksAgainInTheSameSweepWhatFailed() {
        put("v1", IMAGE);
        ArmedFault failure = registry.fault(Fault.on("*", MANIFESTS).always().then(Faults.status(500)));

        assertThat(resolvers.sweep(repository() + ":v1")).isInstanceOf(Resolution.Unavailable.class);
        failure.remove();
        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(FOUND);
    }

    @Test
    void hashesTheManifestOnlyWhereTheRegistryDoesNotSayItsDigest() {
        put("v1", IMAGE);
        registry.enable(Trait.NO_CONTENT_DIGEST);

        assertThat(resolvers.now(repository() + ":v1")).isEqualTo(FOUND);

        assertThat(registry.requests("GET", MANIFESTS)).hasSize(1);
    }

    @Test
    void readsEveryPageOfTags() {
        for (String tag : List.of("a", "b", "c", "d", "e")) {
            put(tag, IMAGE);
        }

        assertThat(resolvers.resolver.tags(reference(), Freshness.OF_THIS_SWEEP).tags())
                .containsExactly("a", "b", "c", "d", "e");

        assertThat(registry.requests("GET", "/v2/team/app/tags/list")).hasSize(3);
    }

    @Test
    void listsTagsOnceInASweep() {
        put("a", IMAGE);
        resolvers.resolver.tags(reference(), Freshness.OF_THIS_SWEEP);
        put("b", IMAGE);

        assertThat(resolvers.resolver.tags(reference(), Freshness.OF_THIS_SWEEP).tags())
                .containsExactly("a");
        assertThat(registry.requests("GET", "/v2/team/app/tags/list")).hasSize(1);

        assertThat(resolvers.resolver.tags(reference(), Freshness.OF_NOW).tags())
                .containsExactly("a", "b");
        put("c", IMAGE);
        resolvers.clock.advance(Resolvers.LIMITS.sweepWindow());
        assertThat(resolvers.resolver.tags(reference(), Freshness.OF_THIS_SWEEP).tags())
                .containsExactly("a", "b", "c");
    }

    @Test
    void hasNoTagsIfOnePageCannotBeRead() {
        List.of("a", "b", "c").forEach(tag -> put(tag, IMAGE));
        registry.fault(Fault.on("GET", "/v2/team/app/tags/list").skip(1).then(Faults.status(503)));

        DigestResolver.TagListing listing = resolvers.resolver.tags(reference(), Freshness.OF_THIS_SWEEP);

        assertThat(listing.tags()).isEmpty();
        assertThat(listing.failure()).isInstanceOf(Resolution.Unavailable.class);
    }

    @Test
    void countsCosignsTagsAmongReferrers() {
        put("v1", IMAGE);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);
        List<Digest> expected = new ArrayList<>(List.of(Digest.parse(referrer.digest())));
        for (String suffix : List.of("sig", "att", "sbom")) {
            TestingImage signature = TestingImages.artifact(suffix.length() + suffix.charAt(0));
            put(IMAGE.cosignTag(suffix), signature);
            expected.add(Digest.parse(signature.digest()));
        }

        assertThat(referrers()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void readsReferrersFromTheFallbackTag() {
        registry.enable(Trait.NO_REFERRERS);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        put(IMAGE.digest().replace(':', '-'), TestingImage.index().add(referrer).build());

        assertThat(referrers()).containsExactly(Digest.parse(referrer.digest()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trait.class,
            names = {"REFERRERS_ARE_SUBJECT", "DIGEST_TAGS_ARE_SUBJECT"})
    void takesNoImageForAListOfItsOwnReferrers(Trait trait) {
        registry.enable(Trait.NO_REFERRERS);
        registry.enable(trait);
        TestingImage image = nested();
        put("v1", image);

        assertThat(resolvers
                        .resolver
                        .referrers(reference(), Digest.parse(image.digest()))
                        .digests())
                .isEmpty();
    }

    @Test
    void confirmsOnlyWhatRefersToTheImage() {
        registry.enable(Trait.NO_REFERRERS);
        TestingImage image = nested();
        put("v1", image);
        TestingImage referrer = TestingImages.referrer(image, "example/sbom");
        TestingImage ofAnother = TestingImages.referrer(IMAGE, "example/sbom");
        TestingImage gone = TestingImages.referrer(image, "example/gone");
        TestingImage list = TestingImage.index()
                .add(referrer)
                .add(ofAnother)
                .add(image.children().get(0))
                .add(gone)
                .build();
        put(image.digest().replace(':', '-'), list);
        registry.content().delete("team/app", gone.digest());
        TestingImage signature = TestingImages.signature(image);
        put(image.cosignTag("sbom"), signature);
        put(image.cosignTag("sig"), TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 100, 9));
        put(image.cosignTag("att"), image.children().get(1));
        Digest digest = Digest.parse(image.digest());

        Set<Digest> listed = resolvers.resolver.referrers(reference(), digest).digests();

        assertThat(listed).hasSize(7);
        assertThat(resolvers
                        .resolver
                        .confirmedReferrers(reference(), digest, listed)
                        .digests())
                .containsExactlyInAnyOrder(Digest.parse(referrer.digest()), Digest.parse(signature.digest()));
    }

    @Test
    void confirmsNothingThatIsUnderNoTagOfCosigns() {
        put("v1", IMAGE);
        put("report", TestingImages.artifact(9));

        assertThat(confirmed(TestingImages.artifact(9))).isEmpty();
    }

    @Test
    void readsNoManifestToListReferrersAndEachOnceToConfirmThem() {
        put("v1", IMAGE);
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        TestingImage signature = TestingImages.signature(IMAGE);
        putReferrer(IMAGE, referrer);
        put(IMAGE.cosignTag("sig"), signature);

        assertThat(referrers()).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).isEmpty();

        assertThat(confirmed(referrer, signature)).hasSize(2);
        assertThat(confirmed(referrer, signature)).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).hasSize(2);
    }

    @Test
    void doesNotRememberThatAListedManifestIsMissing() {
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        put("v1", IMAGE);
        assertThat(confirmed(referrer)).isEmpty();

        putReferrer(IMAGE, referrer);

        assertThat(confirmed(referrer)).hasSize(1);
    }

    @Test
    void confirmsNothingAsLongAsAManifestCannotBeRead() {
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);
        registry.fault(Fault.on("GET", MANIFESTS).then(Faults.status(503)));

        assertThat(confirmation(referrer).failure().toString()).contains("503");
        assertThat(confirmed(referrer)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 410})
    void passesOverAListedManifestThatIsRefused(int status) {
        TestingImage referrer = TestingImages.referrer(IMAGE, "example/sbom");
        putReferrer(IMAGE, referrer);
        registry.fault(Fault.on("GET", MANIFESTS).then(Faults.status(status)));

        assertThat(confirmed(referrer)).isEmpty();
        assertThat(confirmed(referrer)).hasSize(1);
    }

    @Test
    void knowsNoReferrersIfOnePartCannotBeRead() {
        registry.fault(Fault.on("HEAD", MANIFESTS).skip(2).then(Faults.status(401)));
        assertThat(unreadReferrers()).contains("401");

        registry.fault(Fault.on("GET", "/v2/team/app/referrers/.+").then(Faults.status(503)));
        assertThat(unreadReferrers()).contains("503");
    }

    @Test
    void countsABlobThatAnIndexLists() {
        TestingBlob statement = TestingBlob.text("application/vnd.in-toto+json", "{}", Map.of());
        TestingImage image = TestingImage.index().add(IMAGE).add(statement).build();
        put("v1", image);

        assertThat(resolvers.resolver.size(reference(), Digest.parse(image.digest())))
                .hasValue(image.blobBytes());
    }

    @Test
    void countsSharedBlobsAndNestedManifestsOnce() {
        TestingImage image = nested();
        put("v1", image);

        assertThat(resolvers.resolver.size(reference(), Digest.parse(image.digest())))
                .hasValue(image.blobBytes());

        assertThat(registry.requests("GET", MANIFESTS))
                .hasSize(image.manifests().size());
    }

    @Test
    void knowsNoSizeIfAPlatformCannotBeRead() {
        TestingImage image = nested();
        put("v1", image);
        registry.content().delete("team/app", image.children().get(0).digest());

        assertThat(resolvers.resolver.size(reference(), Digest.parse(image.digest())))
                .isEmpty();
    }

    @Test
    void showsHowTheRegistryDoes() {
        put("v1", IMAGE);
        resolvers.resolver.size(reference(), Digest.parse(IMAGE.digest()));
        resolvers.now(repository() + ":v2");
        registry.fault(Fault.on("HEAD", MANIFESTS).then(Faults.status(401)));
        resolvers.now(repository() + ":v1");

        assertThat(resolvers.resolver.health())
                .containsExactly(new RegistryHealth(registry.authority(), 0, 3, 1, null, 99));
    }

    @Override
    protected DigestResolver resolver() {
        return resolvers.resolver;
    }

    @Override
    protected String repository() {
        return registry.authority() + "/team/app";
    }

    @Override
    protected void put(String tag, TestingImage image) {
        image.putInto(registry, "team/app", tag);
    }

    @Override
    protected void putReferrer(TestingImage image, TestingImage referrer) {
        referrer.putInto(registry, "team/app", "");
    }

    private static TestingImage nested() {
        TestingImage index = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 3);
        TestingImage shared = index.children().get(0);
        return TestingImage.index()
                .add(index)
                .add(shared)
                .attestationFor(shared)
                .add(TestingImages.dockerList(1000, 3))
                .build();
    }

    private Set<Digest> referrers() {
        return resolvers
                .resolver
                .referrers(reference(), Digest.parse(IMAGE.digest()))
                .digests();
    }

    /** Why they cannot be read. */
    private String unreadReferrers() {
        ReferrerListing listing = resolvers.resolver.referrers(reference(), Digest.parse(IMAGE.digest()));
        assertThat(listing.digests()).isEmpty();
        return listing.failure().toString();
    }

    private Set<Digest> confirmed(TestingImage... listed) {
        return confirmation(listed).digests();
    }

    private ReferrerListing confirmation(TestingImage... listed) {
        Set<Digest> digests =
                Stream.of(listed).map(image -> Digest.parse(image.digest())).collect(Collectors.toSet());
        return resolvers.resolver.confirmedReferrers(reference(), Digest.parse(IMAGE.digest()), digests);
    }

    private ImageReference reference() {
        return ImageReference.parse(repository());
    }
}
