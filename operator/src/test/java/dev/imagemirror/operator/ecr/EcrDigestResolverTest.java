package dev.imagemirror.operator.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.DigestResolver.TagListing;
import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.TagStatus;

class EcrDigestResolverTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String FIPS_HOST = "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com";
    private static final String REPOSITORY = "123456789012/team/app";
    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingDigestResolver others = new TestingDigestResolver();
    private final TestingEcrClient ecr = new TestingEcrClient(2);
    private final List<String> regions = new ArrayList<>();
    private final EcrClients clients = new EcrClients(region -> {
        regions.add(region.region());
        return ecr;
    });
    private final EcrDigestResolver resolver = new EcrDigestResolver(others, clients, 1, clock, WINDOW);

    @Test
    void listsARepositoryOfWhichTwoTagsAreWantedAndReadsEveryPage() {
        IntStream.range(0, 5).forEach(i -> ecr.put(REPOSITORY, "t" + i, i == 4 ? TWO : ONE));

        assertThat(resolve(":t0", ":t4", ":t5"))
                .hasSize(3)
                .containsEntry(reference(":t0"), new Resolution.Found(ONE))
                .containsEntry(reference(":t4"), new Resolution.Found(TWO))
                .containsEntry(reference(":t5"), new Resolution.Missing());

        assertThat(others.questions()).isEmpty();
        assertThat(ecr.lists()).hasSize(4);
        assertThat(ecr.lists().subList(0, 3)).allSatisfy(EcrDigestResolverTest::assertAsksForTaggedPages);
        assertThat(ecr.lists().get(3).filter().imageStatus())
                .as("whether the tag that is missing is archived")
                .isEqualTo(ImageStatusFilter.ARCHIVED);
        assertThat(regions).containsExactly("eu-central-1");
    }

    @Test
    void stopsReadingOnceAllWantedTagsAreFound() {
        IntStream.range(0, 5).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));

        assertThat(resolve(":t0", ":t2")).hasSize(2);

        assertThat(ecr.lists()).hasSize(2);
    }

    @Test
    void asksForASingleTagByHead() {
        others.found(HOST + "/team/app:v1", ONE);
        others.found(HOST + "/team/other:v1", TWO);
        ImageReference other = ImageReference.parse(HOST + "/team/other:v1");

        assertThat(resolver.resolve(List.of(reference(":v1"), other, reference(":v1")), Freshness.FRESH))
                .hasSize(2)
                .containsEntry(reference(":v1"), new Resolution.Found(ONE))
                .containsEntry(other, new Resolution.Found(TWO));

        assertThat(ecr.lists()).isEmpty();
        assertThat(others.questions()).hasSize(2).allMatch(question -> question.freshness() == Freshness.FRESH);
    }

    @Test
    void leavesDigestsAndOtherRegistriesToTheDistributionApi() {
        String[] elsewhere = {"docker.io/library/a:1", "docker.io/library/a:2", HOST + "/team/app@" + ONE};
        Stream.of(elsewhere).forEach(reference -> others.found(reference, ONE));

        assertThat(resolver.resolve(
                        Stream.of(elsewhere).map(ImageReference::parse).toList(), Freshness.CACHED))
                .hasSize(3)
                .allSatisfy((reference, answer) -> assertThat(answer).isEqualTo(new Resolution.Found(ONE)));

        assertThat(others.questions()).hasSize(3);
        assertThat(ecr.lists()).isEmpty();
    }

    @Test
    void reportsAnArchivedImageAsMissingWithTheReason() {
        ecr.put(REPOSITORY, "t0", ONE);
        ecr.put(REPOSITORY, "t1", ONE);
        ecr.archive(REPOSITORY, "t1");

        assertThat(resolve(":t0", ":t1"))
                .containsEntry(reference(":t0"), new Resolution.Found(ONE))
                .hasEntrySatisfying(reference(":t1"), EcrDigestResolverTest::assertSaysArchived);
        assertThat(resolve(":t1")).hasEntrySatisfying(reference(":t1"), EcrDigestResolverTest::assertSaysArchived);
        assertThat(resolve(":t2")).containsEntry(reference(":t2"), new Resolution.Missing());
    }

    private static void assertSaysArchived(Resolution resolution) {
        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Missing.class,
                        missing -> assertThat(missing.why()).contains("archived", "restore"));
    }

    @Test
    void saysThatTheRepositoryOfSeveralTagsIsMissing() {
        assertThat(resolve(":t0", ":t1").values())
                .containsExactly(new Resolution.RepositoryMissing(), new Resolution.RepositoryMissing());
    }

    @Test
    void tellsAMissingRepositoryFromAMissingTag() {
        assertThat(resolve(":v1")).containsEntry(reference(":v1"), new Resolution.RepositoryMissing());

        ecr.create(REPOSITORY);

        assertThat(resolve(":v1")).containsEntry(reference(":v1"), new Resolution.Missing());
        assertThat(ecr.lists()).hasSize(2);
    }

    @Test
    void leavesItAtMissingIfItMayNotList() {
        ecr.failWith(() -> TestingEcrClient.error(400, "AccessDeniedException"));

        assertThat(resolve(":v1")).containsEntry(reference(":v1"), new Resolution.Missing());
    }

    @Test
    void cannotTellWhatIsMissingIfTheApiIsUnavailable() {
        ecr.failWith(() -> TestingEcrClient.error(500, "ServerException"));

        assertThat(resolve(":v1").get(reference(":v1"))).isInstanceOf(Resolution.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccessDeniedException", "UnrecognizedClientException", "InvalidClientTokenId"})
    void asksByHeadForTagsThatItMayNotList(String code) {
        ecr.failWith(() -> TestingEcrClient.error(400, code));
        others.found(HOST + "/team/app:t0", ONE);
        Resolution denied = new Resolution.Denied("answered 403");
        others.answer(HOST + "/team/app:t1", denied);

        assertThat(resolve(":t0", ":t1", ":t2"))
                .hasSize(3)
                .containsEntry(reference(":t0"), new Resolution.Found(ONE))
                .containsEntry(reference(":t1"), denied)
                .containsEntry(reference(":t2"), new Resolution.Missing());

        assertThat(others.questions()).hasSize(3);
    }

    @Test
    void cannotTellTheTagsThatItMayNotList() {
        ecr.failWith(() -> TestingEcrClient.error(400, "AccessDeniedException"));

        assertThat(tags(resolver, reference("")).failure())
                .isInstanceOfSatisfying(
                        Resolution.Denied.class,
                        denied -> assertThat(denied.message())
                                .contains("ecr:ListImages", HOST + "/team/app", "AccessDeniedException", "allow it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "TooManyRequestsException"})
    void isThrottledIfTheApiAsksForFewerRequests(String code) {
        ecr.failWith(() -> TestingEcrClient.error(400, code));

        assertThat(resolve(":t0", ":t1").get(reference(":t1")))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.throttled()).isTrue());
    }

    @Test
    void isUnavailableAfterAnyOtherFailure() {
        List<RuntimeException> failures = List.of(
                SdkClientException.create("unable to connect"),
                TestingEcrClient.error(500, "ServerException"),
                TestingEcrClient.error(403, "ExpiredTokenException"),
                TestingEcrClient.error(400, "InvalidParameterException"));
        for (RuntimeException failure : failures) {
            ecr.failWith(() -> failure);

            assertThat(resolve(":t0", ":t1").values())
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer)
                            .isInstanceOfSatisfying(
                                    Resolution.Unavailable.class,
                                    unavailable ->
                                            assertThat(unavailable.throttled()).isFalse()));
        }
    }

    @Test
    void findsNothingIfOnePageCannotBeRead() {
        IntStream.range(0, 5).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));
        ecr.failWith(() -> ecr.lists().size() == 2 ? TestingEcrClient.error(500, "ServerException") : null);

        assertThat(resolve(":t0", ":t4").values()).allMatch(Resolution.Unavailable.class::isInstance);
    }

    @Test
    void listsEveryTag() {
        IntStream.range(0, 5).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));

        assertThat(tags(resolver, reference("")))
                .isEqualTo(new TagListing(List.of("t0", "t1", "t2", "t3", "t4"), null));
        assertThat(tags(resolver, ImageReference.parse(HOST + "/none")))
                .isEqualTo(new TagListing(List.of(), new Resolution.RepositoryMissing()));
        assertThat(others.tagQuestions()).isEmpty();
    }

    @Test
    void skipsAndReportsInvalidTags() {
        Stream.of("v1", "a/b", "-x", "v2").forEach(name -> ecr.put(REPOSITORY, name, ONE));

        TagListing listing = tags(resolver, ImageReference.parse(HOST + "/team/app"));

        assertThat(listing.tags()).containsExactlyInAnyOrder("v1", "v2");
        assertThat(listing.notice()).isEqualTo("skipped 2 invalid names in the list of tags, such as '-x'");
        assertThat(tags(resolver, ImageReference.parse(HOST + "/team/app")))
                .as("remembered")
                .isEqualTo(listing);
    }

    @Test
    void asksOtherRegistriesForTheirTagsReferrersAndSizes() {
        others.tags("quay.io/a/b", "v1");
        others.referrers("quay.io/a/b", ONE, TWO);
        others.size("quay.io/a/b", ONE, 12);
        ImageReference repository = ImageReference.parse("quay.io/a/b");

        assertThat(tags(resolver, repository).tags()).containsExactly("v1");
        assertThat(resolver.referrers(repository, ONE).digests()).containsExactly(TWO);
        assertThat(resolver.size(repository, ONE)).hasValue(12);
    }

    @Test
    void makesOneClientARegionAndClosesIt() {
        resolve(":t0", ":t1");
        resolve(":t0", ":t1");
        tags(resolver, ImageReference.parse(FIPS_HOST + "/team/app"));

        assertThat(regions).containsExactly("eu-central-1", "us-east-1");
        clients.close();
        assertThat(ecr.isClosed()).isTrue();
    }

    @Test
    void turnsPassesAwayOnceTooManyWait() throws Exception {
        CountDownLatch listing = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        TestingEcrClient stuck = new TestingEcrClient(2);
        stuck.failWith(() -> {
            listing.countDown();
            Latches.await(latch);
            return null;
        });
        EcrDigestResolver slow = new EcrDigestResolver(others, new EcrClients(region -> stuck), 1, clock, WINDOW);
        Thread pass = new Thread(() -> tags(slow, reference("")));
        pass.start();
        listing.await();
        try {
            assertThatExceptionOfType(RegistryBusyException.class)
                    .isThrownBy(() -> tags(slow, reference("")))
                    .withMessageContaining(HOST);
        } finally {
            latch.countDown();
            pass.join();
        }
    }

    private Map<ImageReference, Resolution> resolve(String... tags) {
        return resolver.resolve(
                Stream.of(tags).map(EcrDigestResolverTest::reference).toList(), Freshness.CACHED);
    }

    private static TagListing tags(EcrDigestResolver asked, ImageReference repository) {
        return asked.tags(repository, Freshness.CACHED);
    }

    private static ImageReference reference(String tagOrDigest) {
        return ImageReference.parse(HOST + "/team/app" + tagOrDigest);
    }

    private static void assertAsksForTaggedPages(ListImagesRequest list) {
        assertThat(list.registryId()).isEqualTo("123456789012");
        assertThat(list.maxResults()).isEqualTo(1000);
        assertThat(list.filter().tagStatus()).isEqualTo(TagStatus.TAGGED);
        assertThat(list.filter().imageStatus()).isEqualTo(ImageStatusFilter.ACTIVE);
    }
}
