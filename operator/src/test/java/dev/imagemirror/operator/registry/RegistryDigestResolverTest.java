package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegistryDigestResolverTest extends DigestResolverContract {
    private static final String MANIFESTS = "/v2/team/app/manifests/.+";
    private static final TestingImage IMAGE = TestingImages.small(7);
    private static final Resolution FOUND = new Resolution.Found(Digest.parse(IMAGE.digest()));

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.builder()
            .tagPage(2)
            .rateLimit(100, Duration.ofHours(6))
            .start();

    @AutoClose
    private final Resolvers resolvers = new Resolvers();

    @Test
    void asksEachReferenceOnceInASweepAndGetsNoManifest() {
        List<ImageReference> references = IntStream.range(0, 40)
                .mapToObj(i -> "t" + i)
                .peek(tag -> put(tag, IMAGE))
                .map(tag -> ImageReference.parse(repository() + ":" + tag))
                .toList();

        for (int pass = 0; pass < 3; pass++) {
            assertThat(resolvers.resolver.resolve(references, Freshness.CACHED))
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
    void reloadsInTheNextSweep() {
        resolvers.sweep(repository() + ":v1");
        put("v1", IMAGE);
        resolvers.clock.advance(Resolvers.LIMITS.sweepWindow());

        assertThat(resolvers.sweep(repository() + ":v1")).isEqualTo(FOUND);
    }

    @Test
    void fetchesRequiredFreshAnswersAndCachesThem() {
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

        assertThat(resolvers.resolver.tags(reference(), Freshness.CACHED).tags())
                .containsExactly("a", "b", "c", "d", "e");

        assertThat(registry.requests("GET", "/v2/team/app/tags/list")).hasSize(3);
    }

    @Test
    void listsTagsOnceInASweep() {
        put("a", IMAGE);
        resolvers.resolver.tags(reference(), Freshness.CACHED);
        put("b", IMAGE);

        assertThat(resolvers.resolver.tags(reference(), Freshness.CACHED).tags())
                .containsExactly("a");
        assertThat(registry.requests("GET", "/v2/team/app/tags/list")).hasSize(1);

        assertThat(resolvers.resolver.tags(reference(), Freshness.FRESH).tags()).containsExactly("a", "b");
        put("c", IMAGE);
        resolvers.clock.advance(Resolvers.LIMITS.sweepWindow());
        assertThat(resolvers.resolver.tags(reference(), Freshness.CACHED).tags())
                .containsExactly("a", "b", "c");
    }

    @Test
    void hasNoTagsIfOnePageCannotBeRead() {
        List.of("a", "b", "c").forEach(tag -> put(tag, IMAGE));
        registry.fault(Fault.on("GET", "/v2/team/app/tags/list").skip(1).then(Faults.status(503)));

        DigestResolver.TagListing listing = resolvers.resolver.tags(reference(), Freshness.CACHED);

        assertThat(listing.tags()).isEmpty();
        assertThat(listing.failure())
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failure -> assertThat(failure.listBroken()).isTrue());
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
    void showsTheHealthOfTheRegistry() {
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

    private ImageReference reference() {
        return ImageReference.parse(repository());
    }
}
