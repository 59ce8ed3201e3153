package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that says how many pulls it still allows. */
class RateLimitedRegistryTest {
    private static final Resolution MISSING = new Resolution.Missing();

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final Resolvers resolvers = new Resolvers();

    private volatile Map<String, String> said = Map.of();

    /** Lets the client learn that the registry speaks plain HTTP. */
    @BeforeEach
    void begin() {
        ask();
        registry.clearRequests();
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.alter(this::limited)));
    }

    @Test
    void isLeftAloneUntilTheWindowEndsOnceNothingIsLeft() {
        says(Map.of("RateLimit-Remaining", "0;w=60"));
        assertThat(ask()).isEqualTo(MISSING);
        resolvers.clock.advance(Duration.ofSeconds(20));

        assertThat(ask()).isInstanceOfSatisfying(Resolution.Unavailable.class, unavailable -> {
            assertThat(unavailable.message())
                    .contains(registry.authority() + " allows 0 more pulls", "next request not before");
            assertThat(unavailable.throttled()).as("jobs wait too").isTrue();
            assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(40));
        });
        assertThat(registry.requests()).hasSize(1);

        resolvers.clock.advance(Duration.ofSeconds(40));
        says(Map.of("RateLimit-Remaining", "100;w=60"));
        assertThat(ask()).isEqualTo(MISSING);
        assertThat(ask()).isEqualTo(MISSING);
    }

    @Test
    void isLeftAloneUntilTheInstantThatItNames() {
        says(Map.of("RateLimit-Remaining", "0", "RateLimit-Reset", "30"));
        ask();

        assertThat(coolDown()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void isRetriedAfterFiveMinutesAndThenOncePerWindow() {
        says(Map.of("RateLimit-Remaining", "0;w=21600"));
        ask();
        assertThat(coolDown()).isEqualTo(Duration.ofMinutes(5));
        resolvers.clock.advance(Duration.ofMinutes(5));

        for (int questions = 0; questions < 10; questions++) {
            assertThat(ask()).as("it counts no HEAD").isEqualTo(MISSING);
        }

        resolvers.clock.advance(Duration.ofHours(6).minusMinutes(5));
        ask();
        assertThat(coolDown()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void isBrieflyLeftAloneIfItDoesNotReportItsWindow() {
        says(Map.of("RateLimit-Remaining", "0"));
        ask();

        assertThat(coolDown()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void isLeftAloneIfItAllowsFewerThanTheQuestionsUnderWay() {
        try (TestingRegistry limited = TestingRegistry.builder()
                        .rateLimit(3, Duration.ofMinutes(1))
                        .start();
                Resolvers five = new Resolvers()) {
            five.now(limited.reference("app", "first"));
            five.now(limited.reference("app", "second"));
            assertThat(five.health().coolDownUntil())
                    .as("one question at a time")
                    .isNull();
            CyclicBarrier together = new CyclicBarrier(5);
            limited.fault(Fault.on("HEAD", ".*").times(5).then(Faults.run(() -> await(together))));
            List<ImageReference> references = IntStream.range(0, 5)
                    .mapToObj(i -> ImageReference.parse(limited.reference("app", "t" + i)))
                    .toList();

            assertThat(five.resolver.resolve(references, Freshness.FRESH).values())
                    .containsOnly(MISSING);

            assertThat(five.health().coolDownUntil())
                    .isEqualTo(five.clock.instant().plusSeconds(60));
        }
    }

    private void says(Map<String, String> headers) {
        said = headers;
    }

    private Response limited(Response answer) {
        Response limited = answer;
        for (Map.Entry<String, String> header : said.entrySet()) {
            limited = limited.with(header.getKey(), header.getValue());
        }
        return limited;
    }

    private Resolution ask() {
        return resolvers.now(registry.reference("app", "a"));
    }

    private Duration coolDown() {
        return Duration.between(resolvers.clock.instant(), resolvers.health().coolDownUntil());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
