package dev.imagemirror.operator.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.DigestResolver.TagListing;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;

/** Equal questions to ECR within a sweep are asked once. */
class RepeatedQuestionsTest {
    private static final String NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app";
    private static final String REPOSITORY = "123456789012/team/app";
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Digest ONE = Digest.sha256(new byte[] {1});

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingEcrClient ecr = new TestingEcrClient(2);
    private final EcrDigestResolver resolver = resolver(ecr, 1);

    @Test
    void listsARepositoryOnceForAllQuestionsOfASweep() {
        IntStream.range(0, 5).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));

        assertThat(tags(resolver, reference("")).tags()).hasSize(5);
        assertThat(resolve(":t0", ":t4", ":t5")).containsEntry(reference(":t5"), new Resolution.Missing());
        assertThat(resolve(":t1", ":t3")).hasSize(2);
        assertThat(tags(resolver, reference("")).tags()).hasSize(5);

        assertThat(ecr.lists())
                .extracting(list -> list.filter().imageStatus())
                .as("pages, and what is archived of the missing one")
                .containsExactly(
                        ImageStatusFilter.ACTIVE,
                        ImageStatusFilter.ACTIVE,
                        ImageStatusFilter.ACTIVE,
                        ImageStatusFilter.ARCHIVED);
    }

    @Test
    void readsOnWhereAListOfThisSweepEnded() {
        IntStream.range(0, 7).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));

        resolve(":t0", ":t1");
        assertThat(resolve(":t0", ":t4").values()).containsOnly(new Resolution.Found(ONE));
        assertThat(tags(resolver, reference("")).tags()).hasSize(7);

        assertThat(ecr.lists()).extracting(ListImagesRequest::nextToken).containsExactly(null, "2", "4", "6");
    }

    @Test
    void listsAgainInTheNextSweepAndWhenFreshAnswersAreRequired() {
        ecr.put(REPOSITORY, "t0", ONE);
        resolve(":t0", ":t1");
        ecr.put(REPOSITORY, "t1", ONE);

        assertThat(resolve(":t0", ":t1")).containsEntry(reference(":t1"), new Resolution.Missing());
        assertThat(resolve(Freshness.FRESH, ":t0", ":t1")).containsEntry(reference(":t1"), new Resolution.Found(ONE));
        ecr.put(REPOSITORY, "t2", ONE);
        assertThat(resolver.tags(reference(""), Freshness.FRESH).tags()).contains("t2");
        ecr.put(REPOSITORY, "t3", ONE);
        clock.advance(WINDOW);
        assertThat(tags(resolver, reference("")).tags()).contains("t3");
    }

    @Test
    void asksAgainInTheSameSweepWhatFailed() {
        ecr.failWith(() -> ecr.lists().size() == 1 ? TestingEcrClient.error(500, "ServerException") : null);
        IntStream.range(0, 2).forEach(i -> ecr.put(REPOSITORY, "t" + i, ONE));

        assertThat(resolve(":t0", ":t1").get(reference(":t0"))).isInstanceOf(Resolution.Unavailable.class);
        assertThat(resolve(":t0", ":t1")).containsEntry(reference(":t0"), new Resolution.Found(ONE));
    }

    @Test
    void asksOnceInASweepWhetherARepositoryOfMissingTagsExists() {
        ecr.create(REPOSITORY);

        assertThat(resolve(":v1")).containsEntry(reference(":v1"), new Resolution.Missing());
        assertThat(resolve(":v2")).containsEntry(reference(":v2"), new Resolution.Missing());

        assertThat(ecr.lists()).hasSize(1);
    }

    @Test
    void passesAtTheSameTimeShareOneList() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        TestingEcrClient held = new TestingEcrClient(10);
        held.put(REPOSITORY, "t0", ONE);
        held.failWith(() -> {
            Latches.await(latch);
            return null;
        });
        EcrDigestResolver shared = resolver(held, 5);
        ExecutorService passes = Executors.newFixedThreadPool(4);
        try {
            List<Future<TagListing>> listings = IntStream.range(0, 4)
                    .mapToObj(i -> passes.submit(() -> tags(shared, reference(""))))
                    .toList();
            await().until(() -> !held.lists().isEmpty());
            latch.countDown();
            for (Future<TagListing> listing : listings) {
                assertThat(listing.get().tags()).containsExactly("t0");
            }
        } finally {
            latch.countDown();
            passes.shutdown();
        }
        assertThat(held.lists()).hasSize(1);
    }

    private EcrDigestResolver resolver(TestingEcrClient client, int waitingPasses) {
        return new EcrDigestResolver(
                new TestingDigestResolver(), new EcrClients(region -> client), waitingPasses, clock, WINDOW);
    }

    private Map<ImageReference, Resolution> resolve(String... tags) {
        return resolve(Freshness.CACHED, tags);
    }

    private Map<ImageReference, Resolution> resolve(Freshness freshness, String... tags) {
        return resolver.resolve(
                Stream.of(tags).map(RepeatedQuestionsTest::reference).toList(), freshness);
    }

    private static TagListing tags(EcrDigestResolver asked, ImageReference repository) {
        return asked.tags(repository, Freshness.CACHED);
    }

    private static ImageReference reference(String tag) {
        return ImageReference.parse(NAME + tag);
    }
}
