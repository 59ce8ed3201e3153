package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.port.RegistryHealth;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoolDownTest {
    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final Resolvers resolvers = new Resolvers();

    /** Lets the client learn that the registry speaks plain HTTP. */
    @BeforeEach
    void begin() {
        resolvers.now(reference("first"));
        registry.clearRequests();
    }

    @Test
    void leavesARegistryAloneForAsLongAsItAsksFor() {
        fail(Faults.tooManyRequests(Duration.ofSeconds(100)));
        resolvers.now(reference("a"));
        resolvers.clock.advance(Duration.ofSeconds(60));

        assertThat(resolvers.now(reference("b"))).isInstanceOfSatisfying(Resolution.Unavailable.class, unavailable -> {
            assertThat(unavailable.message()).contains(":a", "429", "next request not before");
            assertThat(unavailable.throttled()).isTrue();
            assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(40));
        });
        assertThat(resolvers
                        .resolver
                        .tags(ImageReference.parse(reference("a")), Freshness.FRESH)
                        .failure())
                .isInstanceOf(Resolution.Unavailable.class);
        assertThat(registry.requests()).hasSize(1);

        resolvers.clock.advance(Duration.ofSeconds(40));
        assertThat(resolvers.now(reference("b"))).isEqualTo(new Resolution.Missing());
    }

    @Test
    void leavesARegistryAloneThatAsksForFewerRequestsBy403() {
        fail(Faults.answer(Response.of(403).with("Retry-After", "100")));
        resolvers.now(reference("a"));

        assertThat(resolvers.now(reference("b")))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.throttled()).isTrue());
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void leavesARegistryAloneForAMomentThatDoesNotSayForHowLong() {
        registry.fault(Fault.on("GET", ".*").then(Faults.status(403, "TOOMANYREQUESTS", "Rate exceeded")));
        fail(Faults.status(405));
        resolvers.now(reference("a"));

        Duration delay = skipCoolDown();

        assertThat(delay).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));
    }

    @Test
    void answersFromMemoryMeanwhile() {
        resolvers.sweep(reference("a"));
        fail(Faults.tooManyRequests(Duration.ofSeconds(100)));
        resolvers.sweep(reference("b"));

        assertThat(resolvers.sweep(reference("a"))).isEqualTo(new Resolution.Missing());
    }

    @Test
    void waitsLongerWithEachFailureInARow() {
        registry.fault(Fault.on("HEAD", ".*").times(6).then(Faults.closeBeforeAnswer()));
        List<Duration> delays = new ArrayList<>();
        for (int failures = 0; failures < 6; failures++) {
            resolvers.now(reference("a"));
            delays.add(skipCoolDown());
        }

        long[] most = {5, 10, 20, 40, 60, 60};
        for (int i = 0; i < most.length; i++) {
            Duration longest = Duration.ofSeconds(most[i]);
            assertThat(delays.get(i)).isBetween(longest.dividedBy(2), longest);
        }
        assertThat(delays).doesNotHaveDuplicates(); // jittered
    }

    @Test
    void reportsItsEndToTheSecond() {
        fail(Faults.closeBeforeAnswer());
        resolvers.now(reference("a"));
        assertThat(resolvers.health().coolDownUntil().toString()).contains(".");

        assertThat(resolvers.now(reference("a")))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.message())
                                .containsPattern("next request not before [-0-9]{10}T[:0-9]{8}Z"));
    }

    @Test
    void startsANewLoadAfterAnAnswer() {
        registry.fault(Fault.on("HEAD", ".*").times(3).then(Faults.closeBeforeAnswer()));
        for (int failures = 0; failures < 3; failures++) {
            resolvers.now(reference("a"));
            skipCoolDown();
        }
        resolvers.now(reference("a"));
        assertThat(resolvers.health().coolDownUntil()).isNull();

        fail(Faults.closeBeforeAnswer());
        resolvers.now(reference("a"));

        assertThat(skipCoolDown()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void goesOnAfterAnErrorThatIsOneRepositorysOwn() {
        registry.fault(Fault.on("*", ".*").times(6).then(Faults.status(500)));

        for (int questions = 0; questions < 4; questions++) {
            resolvers.now(reference("a"));
        }

        assertThat(registry.requests()).as("each failed HEAD with a GET").hasSize(7);
        assertThat(resolvers.health()).isEqualTo(new RegistryHealth(registry.authority(), 0, 8, 3, null, -1));
    }

    @Test
    void leavesOtherRegistriesInPeace() {
        try (TestingRegistry other = TestingRegistry.start()) {
            fail(Faults.tooManyRequests(Duration.ofSeconds(100)));
            resolvers.now(reference("a"));

            assertThat(resolvers.now(other.reference("app", "a"))).isEqualTo(new Resolution.Missing());
        }
    }

    private void fail(Interceptor fault) {
        registry.fault(Fault.on("HEAD", ".*").then(fault));
    }

    private Duration skipCoolDown() {
        Instant until = resolvers.health().coolDownUntil();
        Duration delay = Duration.between(resolvers.clock.instant(), until);
        resolvers.clock.advance(delay);
        return delay;
    }

    private String reference(String tag) {
        return registry.reference("app", tag);
    }
}
