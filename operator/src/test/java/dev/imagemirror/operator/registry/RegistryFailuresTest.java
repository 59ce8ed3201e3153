package dev.imagemirror.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a 404 means that something does not exist; everything else is not known. */
class RegistryFailuresTest {
    private static final CredentialProvider JOE =
            (registry, repository) -> Optional.of(new Credential.Basic("joe", "secret"));
    private static final Duration SHORT = Duration.ofMillis(300);

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void isDeniedIfTheRegistryRefuses(int status) {
        assertThat(resolution(Faults.status(status)))
                .isInstanceOfSatisfying(
                        Resolution.Denied.class,
                        denied -> assertThat(denied.message()).contains(reference(), "credentials"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 408, 500, 502, 503, 504, 599})
    void isUnavailableIfTheRegistryAnswersAnythingElse(int status) {
        assertThat(resolution(Faults.status(status)))
                .isInstanceOfSatisfying(Resolution.Unavailable.class, unavailable -> {
                    assertThat(unavailable.message()).contains(reference(), Integer.toString(status));
                    assertThat(unavailable.throttled()).isFalse();
                    assertThat(unavailable.retryAfter()).isNull();
                });
    }

    @Test
    void isUnavailableAndThrottledIfTheRegistryAsksForFewerRequests() {
        assertThat(resolution(Faults.tooManyRequests(Duration.ofSeconds(77))))
                .isInstanceOfSatisfying(Resolution.Unavailable.class, unavailable -> {
                    assertThat(unavailable.throttled()).isTrue();
                    assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(77));
                });
    }

    @Test
    void isUnavailableAndThrottledIfTheRegistryAsksForFewerRequestsBy403() {
        assertThat(resolution(Faults.answer(Response.of(403).with("Retry-After", "77"))))
                .isInstanceOfSatisfying(Resolution.Unavailable.class, unavailable -> {
                    assertThat(unavailable.throttled()).isTrue();
                    assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(77));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 500, 501})
    void isFoundByGetIfTheRegistryTakesNoHead(int status) {
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.status(status)));

        assertThat(resolution(Faults.run(() -> {}))).isInstanceOf(Resolution.Found.class);
    }

    @Test
    void isUnavailableIfTheAnswerDoesNotCome() {
        assertUnanswered(resolution(Faults.stall()));
    }

    @Test
    void isUnavailableIfTheConnectionEnds() {
        assertUnanswered(resolution(Faults.closeBeforeAnswer()));
    }

    @Test
    void isUnavailableIfTheConnectionIsReset() {
        assertUnanswered(resolution(Faults.resetBeforeAnswer()));
    }

    @Test
    void isUnavailableIfTheConnectionIsRefused() {
        registry.close();

        try (Resolvers resolvers = new Resolvers()) {
            assertUnanswered(resolvers.now(reference()));
        }
    }

    @Test
    void isUnavailableIfTheHostNameCannotBeResolved() {
        String unresolvable = "a".repeat(64) + ".invalid"; // no label is that long, so that no server is asked

        try (Resolvers resolvers = new Resolvers()) {
            Resolution resolution = resolvers.ask(new ImageReference(unresolvable, "app", "v1", null), Freshness.FRESH);

            assertUnanswered(resolution);
            assertThat(resolution.toString()).contains("host name cannot be resolved");
        }
    }

    @Test
    void isUnavailableIfThereIsNoSuchUrl() {
        try (Resolvers resolvers = new Resolvers()) {
            ImageReference odd = new ImageReference(registry.authority(), "a b", "v1", null);

            assertThat(resolvers.ask(odd, Freshness.FRESH)).isInstanceOf(Resolution.Unavailable.class);
        }
    }

    @Test
    void isMissingOnlyIfTheRegistryAnswers404() {
        assertThat(resolution(Faults.status(404))).isEqualTo(new Resolution.Missing());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void takesDeniedForMissingWhereThatIsConfiguredAndThereIsACredential(int status) {
        TestingImages.small(1).putInto(registry, "app", "v1");
        registry.fault(Fault.on("*", ".*").always().then(Faults.status(status)));
        CredentialProvider broken = (name, repository) -> {
            throw new RegistryException(ErrorKind.TEMPORARY, "no credential to be had");
        };

        assertThat(denied(JOE, registry.authority())).isEqualTo(new Resolution.Missing());
        assertThat(denied(CredentialProvider.ANONYMOUS, registry.authority())).isInstanceOf(Resolution.Denied.class);
        assertThat(denied(broken, registry.authority())).isInstanceOf(Resolution.Denied.class);
        assertThat(denied(JOE, "elsewhere.example")).isInstanceOf(Resolution.Denied.class);
    }

    private Resolution denied(CredentialProvider credentials, String deniedMeansMissing) {
        try (Resolvers resolvers = new Resolvers(Resolvers.LIMITS, SHORT, credentials, Set.of(deniedMeansMissing))) {
            return resolvers.now(reference());
        }
    }

    private Resolution resolution(Interceptor fault) {
        TestingImages.small(1).putInto(registry, "app", "v1");
        registry.fault(Fault.on("*", "/v2/app/manifests/v1").always().then(fault));
        try (Resolvers resolvers = new Resolvers(Resolvers.LIMITS, SHORT, CredentialProvider.ANONYMOUS, Set.of())) {
            resolvers.now(registry.reference("app", "first")); // the client learns that this is plain HTTP
            return resolvers.now(reference());
        }
    }

    private String reference() {
        return registry.authority() + "/app:v1";
    }

    private static void assertUnanswered(Resolution resolution) {
        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.throttled()).isFalse());
    }
}
