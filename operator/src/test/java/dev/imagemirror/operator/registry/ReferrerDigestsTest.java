package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.port.DigestResolver.ReferrerListing;
import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.fault.Refusal;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refers to an image, and what lists or tags only say so. */
class ReferrerDigestsTest {
    private static final String NAME = "team/app";
    private static final String MANIFESTS = "/v2/team/app/manifests/.+";
    private static final String TAGS = "/v2/team/app/manifests/sha256-.+";
    private static final TestingImage IMAGE = TestingImages.small(7);
    private static final TestingImage SBOM = TestingImages.referrer(IMAGE, "example/sbom");

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final Resolvers resolvers = new Resolvers();

    @Test
    void countsCosignsTagsAmongReferrers() {
        put("v1", IMAGE);
        putReferrer(SBOM);
        List<Digest> expected = new ArrayList<>(List.of(Digest.parse(SBOM.digest())));
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
        put(IMAGE.digest().replace(':', '-'), TestingImage.index().add(SBOM).build());

        assertThat(referrers()).containsExactly(Digest.parse(SBOM.digest()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Trait.class,
            names = {"REFERRERS_ARE_SUBJECT", "DIGEST_TAGS_ARE_SUBJECT"})
    void takesNoImageForAListOfItsOwnReferrers(Trait trait) {
        registry.enable(Trait.NO_REFERRERS);
        registry.enable(trait);
        TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 3);
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
        TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 3);
        put("v1", image);
        TestingImage referrer = TestingImages.referrer(image, "example/sbom");
        TestingImage ofAnother = SBOM;
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
        TestingImage signature = TestingImages.signature(IMAGE);
        putReferrer(SBOM);
        put(IMAGE.cosignTag("sig"), signature);

        assertThat(referrers()).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).isEmpty();

        assertThat(confirmed(SBOM, signature)).hasSize(2);
        assertThat(confirmed(SBOM, signature)).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).hasSize(2);
    }

    @Test
    void takesAListForNoProofOfWhatIsThere() {
        registry.enable(Trait.NO_REFERRERS);
        TestingImage gone = TestingImages.referrer(IMAGE, "example/gone");
        TestingImage ofAnother = TestingImages.artifact(5);
        put(
                IMAGE.digest().replace(':', '-'),
                TestingImage.index().add(SBOM).add(gone).add(ofAnother).build());
        registry.content().delete(NAME, gone.digest());

        assertThat(present(SBOM, gone, ofAnother)).containsExactly(Digest.parse(SBOM.digest()));
    }

    @Test
    void readsWhatIsListedAtADestinationOnce() {
        put("v1", IMAGE);
        TestingImage signature = TestingImages.signature(IMAGE);
        putReferrer(SBOM);
        putReferrer(TestingImages.referrer(IMAGE, "example/not-wanted"));
        put(IMAGE.cosignTag("sig"), signature);

        assertThat(present(SBOM, signature)).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).hasSize(2);
        registry.clearRequests();

        assertThat(present(SBOM, signature)).hasSize(2);
        assertThat(registry.requests("GET", MANIFESTS)).isEmpty();
        assertThat(registry.requests()).as("a list and cosign's three tags").hasSize(4);
    }

    @Test
    void takesWhatOneRepositoryHasForNoProofThatAnotherHasIt() {
        putReferrer(SBOM);
        assertThat(confirmed(SBOM)).hasSize(1);

        ImageReference other = ImageReference.parse(registry.authority() + "/team/other");
        Digest sbom = Digest.parse(SBOM.digest());
        assertThat(resolvers
                        .resolver
                        .confirmedReferrers(other, Digest.parse(IMAGE.digest()), Set.of(sbom))
                        .digests())
                .isEmpty();
    }

    @Test
    void saysThatAListHasMalformedEntries() {
        registry.enable(Trait.MALFORMED_REFERRERS);
        putReferrer(SBOM);

        assertThat(referrers()).containsExactly(Digest.parse(SBOM.digest()));
        assertThat(listing().notice()).contains("9 malformed entries in the list of referrers");
    }

    @Test
    void doesNotRememberThatAListedManifestIsMissing() {
        put("v1", IMAGE);
        assertThat(confirmed(SBOM)).isEmpty();

        putReferrer(SBOM);

        assertThat(confirmed(SBOM)).hasSize(1);
    }

    @Test
    void confirmsNothingAsLongAsAManifestCannotBeRead() {
        putReferrer(SBOM);
        registry.fault(Fault.on("GET", MANIFESTS).then(Faults.status(503)));

        assertUnread(confirmation(SBOM), "503");
        assertThat(confirmed(SBOM)).hasSize(1);
    }

    @Test
    void passesOverAListedManifestThatIsNotThere() {
        putReferrer(SBOM);
        registry.fault(Fault.on("GET", MANIFESTS).then(Faults.status(404)));

        assertThat(confirmed(SBOM)).isEmpty();
        assertThat(confirmed(SBOM)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 410, 414, 416, 451})
    void doesNotKnowWhatAListedManifestRefersToThatIsRefused(int status) {
        putReferrer(SBOM);
        registry.fault(Fault.on("GET", MANIFESTS).then(Faults.status(status)));

        assertUnread(confirmation(SBOM), registry.authority() + " answered " + status);
        assertThat(confirmed(SBOM)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Refusal.class, names = "ENCODED", mode = EnumSource.Mode.EXCLUDE)
    void doesNotKnowWhatAListedManifestRefersToThatCannotBeRead(Refusal refusal) {
        putReferrer(SBOM);
        registry.fault(Fault.on("GET", MANIFESTS).always().then(refusal.answer()));

        assertUnread(confirmation(SBOM), SBOM.digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 414})
    void knowsOfNothingUnderATagThatTheRegistryRefuses(int status) {
        registry.fault(Fault.on("*", TAGS).always().then(Faults.status(status)));

        assertThat(listing().failure()).isNull();
        assertThat(referrers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 410, 416, 451})
    void doesNotKnowWhatIsUnderATagThatIsRefusedForAnotherReason(int status) {
        registry.fault(Fault.on("*", TAGS).always().then(Faults.status(status)));

        assertUnread(listing(), "answered " + status);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void doesNotKnowWhatIsUnderATagThatCannotBeRead(Refusal refusal) {
        registry.fault(Fault.on("*", TAGS).always().then(refusal.answer()));

        assertUnread(listing(), IMAGE.cosignTag("sig"));
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void doesNotKnowWhatIsUnderTheFallbackTagIfThatCannotBeRead(Refusal refusal) {
        registry.enable(Trait.NO_REFERRERS);
        registry.fault(Fault.on("GET", MANIFESTS).always().then(refusal.answer()));

        assertUnread(listing(), IMAGE.digest().replace(':', '-'));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 414})
    void doesNotKnowWhatIsRefusedElsewhere(int status) {
        try (TestingBlobHost storage = TestingBlobHost.start()) {
            storage.fault(Fault.on("*", ".*").always().then(Faults.status(status)));
            registry.fault(Fault.on("*", TAGS).always().then(Faults.redirect(storage.url() + "/bucket/x?signature=1")));

            assertUnread(listing(), "answered " + status);
        }
    }

    @Test
    void knowsNoReferrersIfOnePartCannotBeRead() {
        registry.fault(Fault.on("HEAD", MANIFESTS).skip(2).then(Faults.status(401)));
        assertUnread(listing(), "401");

        registry.fault(Fault.on("GET", "/v2/team/app/referrers/.+").then(Faults.status(503)));
        assertUnread(listing(), "503");
    }

    private void put(String tag, TestingImage image) {
        image.putInto(registry, NAME, tag);
    }

    private void putReferrer(TestingImage referrer) {
        referrer.putInto(registry, NAME, "");
    }

    private Set<Digest> referrers() {
        return listing().digests();
    }

    private ReferrerListing listing() {
        return resolvers.resolver.referrers(reference(), Digest.parse(IMAGE.digest()));
    }

    private Set<Digest> present(TestingImage... wanted) {
        return resolvers
                .resolver
                .presentReferrers(reference(), Digest.parse(IMAGE.digest()), digests(wanted))
                .digests();
    }

    private static Set<Digest> digests(TestingImage... images) {
        return Stream.of(images).map(image -> Digest.parse(image.digest())).collect(Collectors.toSet());
    }

    private Set<Digest> confirmed(TestingImage... listed) {
        return confirmation(listed).digests();
    }

    private ReferrerListing confirmation(TestingImage... listed) {
        return resolvers.resolver.confirmedReferrers(reference(), Digest.parse(IMAGE.digest()), digests(listed));
    }

    private static void assertUnread(ReferrerListing listing, String why) {
        assertThat(listing.digests()).isEmpty();
        assertThat(listing.failure()).asString().contains(why);
    }

    private ImageReference reference() {
        return ImageReference.parse(registry.authority() + "/" + NAME);
    }
}
