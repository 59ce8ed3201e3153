package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.TestingSleeper;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that answer a HEAD with an error, and a GET as they should. */
class HeadRefusedIT {
    private static final String NAME = "team/app";
    private static final String MANIFESTS = ".*/manifests/.*";
    private static final int ATTEMPTS = 3;

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingSleeper sleeper = new TestingSleeper(clock);

    @AutoClose
    private final RegistryClient client = TestingClient.trying(ATTEMPTS, clock, sleeper);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1).storedIn(registry, NAME, "1");
    private final Digest blob = Digest.parse(image.blobs().get(0).digest());

    @BeforeEach
    void fill() throws Exception {
        assertThat(client.digest(repository, "none")).isEmpty(); // the client learns that this is plain HTTP
        registry.clearRequests();
    }

    private void refuseHead(int status) {
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.status(status)));
    }

    private int asked(String method) {
        return registry.requests(method, MANIFESTS).size();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 402, 403, 405, 406, 410, 411, 415, 418, 451})
    void areAskedByGetAtOnceAndFromThenOn(int status) throws Exception {
        refuseHead(status);

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(client.digest(repository, image.digest())).hasValue(Digest.parse(image.digest()));
        assertThat(client.digestForPush(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(client.digest(repository, "none")).isEmpty();
        assertThat(client.digestForPush(repository, "none")).isEmpty();

        assertThat(asked("HEAD")).isEqualTo(1);
        assertThat(asked("GET")).isEqualTo(5);
        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void areAskedByGetForRepositoriesThatDoNotExistYet() throws Exception {
        registry.enable(Trait.NO_HEAD);
        Repository unknown = new Repository(registry.authority(), "new");

        assertThat(client.digestForPush(unknown, "1")).isEmpty();
        assertThat(client.hasBlob(unknown, blob)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 503, 504})
    void areAskedByGetOnceHeadHasFailedAsOftenAsItIsTried(int status) throws Exception {
        refuseHead(status);

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));

        assertThat(asked("HEAD")).isEqualTo(ATTEMPTS);
        assertThat(asked("GET")).isEqualTo(2);
    }

    @Test
    void areAskedByHeadAgainAfterAnHour() throws Exception {
        refuseHead(405);
        client.digest(repository, "1");
        registry.clearFaults();
        clock.advance(Duration.ofMinutes(59));
        client.digest(repository, "1");
        assertThat(asked("HEAD")).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        client.digest(repository, "1");

        assertThat(asked("HEAD")).isEqualTo(2);
    }

    @Test
    void areAskedByHeadAgainSoonAfterATransientFault() throws Exception {
        registry.fault(Fault.on("HEAD", ".*").times(ATTEMPTS).then(Faults.status(503)));
        client.digest(repository, "1");
        clock.advance(Duration.ofMinutes(5));

        client.digest(repository, "1");

        assertThat(asked("HEAD")).isEqualTo(ATTEMPTS + 1);
    }

    @Test
    void areNotRememberedIfTheGetFailsToo() throws Exception {
        registry.fault(Fault.on("*", ".*").times(2).then(Faults.status(405)));
        assertThat(fails("1").kind()).isEqualTo(ErrorKind.REFUSED);

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));

        assertThat(asked("HEAD")).isEqualTo(2);
        assertThat(asked("GET")).isEqualTo(1);
    }

    @Test
    void areAskedByGetNoMoreThanOnceIfTheyAreDown() {
        registry.fault(Fault.on("*", ".*").always().then(Faults.status(503)));

        assertThat(fails("1").kind()).isEqualTo(ErrorKind.TEMPORARY);

        assertThat(asked("HEAD")).isEqualTo(ATTEMPTS);
        assertThat(asked("GET")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429})
    void areNotAskedByGetIfTheyDenyOrThrottle(int status) {
        refuseHead(status);

        fails("1");

        assertThat(asked("GET")).isZero();
    }

    @Test
    void areNotAskedByGetIfTheySendRetryAfter() {
        registry.fault(Fault.on("HEAD", ".*")
                .always()
                .then(Faults.answer(Response.of(503).with("Retry-After", "30"))));

        fails("1");

        assertThat(asked("GET")).isZero();
    }

    @Test
    void areNotAskedByGetIfTheyDoNotAnswer() {
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.closeBeforeAnswer()));

        assertThat(fails("1").isUnanswered()).isTrue();

        assertThat(asked("GET")).isZero();
    }

    @Test
    void yieldTheDigestOfTheBytesWhenTheyNameNone() throws Exception {
        registry.enable(Trait.NO_HEAD);
        registry.enable(Trait.NO_CONTENT_DIGEST);

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(client.digest(repository, image.digest())).hasValue(Digest.parse(image.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void areTakenToLackTheBlobAndNotAskedAgain(int status) throws Exception {
        refuseHead(status);

        assertThat(client.hasBlob(repository, blob)).isFalse();
        int heads = registry.requests("HEAD", ".*").size();
        assertThat(client.hasBlob(repository, blob)).isFalse();
        assertThat(client.hasBlob(new Repository(registry.authority(), "other"), blob))
                .isFalse();

        assertThat(registry.requests("HEAD", ".*")).hasSize(heads);
        assertThat(registry.requests("GET", ".*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 406, 410, 500, 503})
    void areAskedForBlobsUntilASecondOneIsRefused(int status) throws Exception {
        registry.fault(Fault.on("HEAD", ".*/blobs/.*")
                .times(status < 500 ? 1 : ATTEMPTS)
                .then(Faults.status(status)));
        assertThat(client.hasBlob(repository, blob)).isFalse();
        assertThat(client.hasBlob(repository, blob)).as("after one refusal").isTrue();
        refuseHead(status);
        assertThat(client.hasBlob(repository, blob)).isFalse();
        int heads = registry.requests("HEAD", ".*").size();

        assertThat(client.hasBlob(repository, blob)).isFalse();

        assertThat(registry.requests("HEAD", ".*")).hasSize(heads);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void mayRefuseHeadInOneRepositoryAlone(int status) throws Exception {
        Repository other = new Repository(registry.authority(), "other");
        image.putInto(registry, "other", "1");
        registry.fault(Fault.on("HEAD", "/v2/" + NAME + "/.*").always().then(Faults.status(status)));
        for (int time = 0; time < 2; time++) {
            assertThat(client.hasBlob(repository, blob)).isFalse();
            assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        }

        assertThat(client.hasBlob(other, blob)).isTrue();
        assertThat(client.digest(other, "1")).hasValue(Digest.parse(image.digest()));

        assertThat(registry.requests("HEAD", "/v2/other/manifests/.*")).hasSize(1);
        assertThat(registry.requests("GET", "/v2/other/.*")).isEmpty();
    }

    @Test
    void mayRefuseHeadOfBlobsAlone() throws Exception {
        registry.fault(Fault.on("HEAD", ".*/blobs/.*").always().then(Faults.status(405)));

        assertThat(client.hasBlob(repository, blob)).isFalse();
        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));

        assertThat(asked("GET")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void mayLeadToStorageWhoseSignatureIsForGetAlone(int status) throws Exception {
        try (TestingBlobHost storage = TestingBlobHost.start()) {
            storage.fault(Fault.on("HEAD", ".*").always().then(Faults.status(status)));
            registry.fault(
                    Fault.on("HEAD", ".*").always().then(Faults.redirect(storage.url() + "/bucket/x?signature=1")));

            assertThat(client.hasBlob(repository, blob)).isFalse();
            assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        }
    }

    @ParameterizedTest
    @MethodSource("deadEnds")
    void mayRedirectToADeadEnd(Response redirect) throws Exception {
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.answer(redirect)));

        assertThat(client.hasBlob(repository, blob)).isFalse();
        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
        assertThat(client.digestForPush(repository, image.digest())).hasValue(Digest.parse(image.digest()));

        assertThat(sleeper.waits()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("deadEnds")
    void failIfTheGetReachesADeadEndToo(Response redirect) {
        registry.fault(Fault.on("*", ".*").always().then(Faults.answer(redirect)));

        assertThat(fails("1").kind()).isIn(ErrorKind.REFUSED, ErrorKind.NOT_ALLOWED);
        assertThat(catchThrowableOfType(RegistryException.class, () -> client.manifest(repository, "1"))
                        .kind())
                .isIn(ErrorKind.REFUSED, ErrorKind.NOT_ALLOWED);
    }

    private static Stream<Response> deadEnds() {
        Response redirect = Response.of(307);
        return Stream.of(
                redirect,
                redirect.with("Location", "http://[::"),
                redirect.with("Location", "ftp://files.example.com/x"),
                redirect.with("Location", "http://169.254.169.254/latest/meta-data"));
    }

    @Test
    void mayLeadFromHttpsToPlainHttp(@TempDir Path directory) throws Exception {
        TestingTls tls = TestingTls.shared();
        RegistrySettings settings =
                TestingSettings.onLoopback().reaching(Set.of(), List.of(tls.writeCaPem(directory)), Proxies.NONE);
        try (TestingRegistry secure = TestingRegistry.builder().tls(tls).start();
                RegistryClient careful = TestingClient.trying(1, settings, CredentialProvider.ANONYMOUS)) {
            image.putInto(secure, NAME, "1");
            secure.fault(Fault.on("HEAD", ".*").always().then(Faults.redirect(registry.url() + "/bucket/x")));
            Repository there = new Repository(secure.authority(), NAME);

            assertThat(careful.hasBlob(there, blob)).isFalse();
            assertThat(careful.digest(there, "1")).hasValue(Digest.parse(image.digest()));
        }
        assertThat(registry.requests()).isEmpty();
    }

    private RegistryException fails(String tag) {
        return catchThrowableOfType(RegistryException.class, () -> client.digest(repository, tag));
    }
}
