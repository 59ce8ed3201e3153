package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.TestingSleeper;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits under statuses that usually mean something else: not found, or not supported. */
class ThrottledAnswersIT {
    private static final String NAME = "team/app";
    private static final int ATTEMPTS = 5;

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingSleeper sleeper = new TestingSleeper(clock);

    @AutoClose
    private final RegistryClient client = TestingClient.trying(1, clock, sleeper);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1).storedIn(registry, NAME, "1");
    private final TestingBlob layer = image.blobs().get(1);
    private final Digest digest = Digest.parse(layer.digest());

    /** Answers everything so: in the words of the body, or, where a HEAD has none, by naming a time. */
    private void throttle(int status, String code) {
        Headers headers = code.isEmpty() ? Headers.of(Map.of("Retry-After", "7")) : Headers.of(Map.of());
        registry.fault(Fault.on("*", "/v2/.+")
                .always()
                .then(Faults.status(status, headers, "{\"errors\":[{\"code\":\"" + code + "\"}]}")));
    }

    private void assertThrottled(ThrowingCallable call, int requests) {
        RegistryException error = catchThrowableOfType(RegistryException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).hasValue(registry.authority());
        assertThat(registry.requests()).hasSize(requests);
    }

    @Test
    void doNotMeanThatATagIsMissing() {
        throttle(404, "");

        assertThrottled(() -> client.digest(repository, "1"), 1);
    }

    @Test
    void doNotMeanThatATagIsMissingByGet() {
        registry.fault(Fault.on("HEAD", "/v2/.+/manifests/.+").always().then(Faults.status(405)));
        throttle(404, "TOOMANYREQUESTS");

        assertThrottled(() -> client.digest(repository, "1"), 2);
    }

    @Test
    void doNotMeanThatABlobIsMissing() {
        throttle(404, "");

        assertThrottled(() -> client.hasBlob(repository, digest), 1);
    }

    @ParameterizedTest
    @CsvSource({"400, TOOMANYREQUESTS", "404, TOOMANYREQUESTS", "404, ''", "501, TOOMANYREQUESTS"})
    void doNotMeanThatThereAreNoReferrers(int status, String code) {
        throttle(status, code);

        assertThrottled(() -> client.referrers(repository, Digest.parse(image.digest())), 1);
    }

    @ParameterizedTest
    @CsvSource({"403, TOOMANYREQUESTS", "400, ''", "500, TOOMANYREQUESTS"})
    void doNotMeanThatRangesAreRefused(int status, String code) {
        throttle(status, code);
        Descriptor blob = new Descriptor("application/octet-stream", digest, layer.size());

        assertThrottled(() -> client.blob(repository, blob, 10), 1);
    }

    @ParameterizedTest
    @CsvSource({"403, TOOMANYREQUESTS", "404, ''", "500, TOOMANYREQUESTS"})
    void doNotMeanThatMountsAreRefused(int status, String code) {
        throttle(status, code);

        assertThrottled(() -> client.mountOrStartUpload(repository, digest, "team/other"), 1);
    }

    @Test
    void areWaitedOutBeforeAMount() throws Exception {
        registry.content().putBlob("team/other", layer.bytes());
        throttleSoMuchAsIsTried("POST");

        try (RegistryClient patient = TestingClient.trying(ATTEMPTS)) {
            assertThat(patient.mountOrStartUpload(repository, digest, "team/other"))
                    .as("mounted")
                    .isEmpty();
        }

        assertThat(registry.requests("POST", ".*")).hasSize(ATTEMPTS);
    }

    @Test
    void areWaitedOutBeforeARange() throws Exception {
        throttleSoMuchAsIsTried("GET");
        Descriptor blob = new Descriptor("application/octet-stream", digest, layer.size());

        try (RegistryClient patient = TestingClient.trying(ATTEMPTS);
                BlobStream part = patient.blob(repository, blob, 10)) {
            assertThat(part).isNotNull();
        }

        assertThat(registry.requests("GET", ".*/blobs/.*"))
                .hasSize(ATTEMPTS)
                .allMatch(request -> request.headers().first("Range").isPresent());
    }

    /** More often than a request that only saves work is tried otherwise. */
    private void throttleSoMuchAsIsTried(String method) {
        registry.fault(Fault.on(method, ".*/blobs/.*")
                .times(ATTEMPTS - 1)
                .then(Faults.tooManyRequests(Duration.ofSeconds(1))));
    }

    @Test
    void holdBackAllOtherRequestsToTheRegistry() throws Exception {
        registry.fault(Fault.on("HEAD", "/v2/.+").then(Faults.status(404, Headers.of(Map.of("Retry-After", "7")), "")));
        RegistryException error = catchThrowableOfType(RegistryException.class, () -> client.digest(repository, "1"));

        assertThat(error.retryAfter()).hasValue(Duration.ofSeconds(7));
        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(sleeper.waits()).containsExactly(Duration.ofSeconds(7));
    }
}
