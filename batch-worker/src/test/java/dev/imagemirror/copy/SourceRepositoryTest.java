package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a source's mirrors are asked, and for how long. */
class SourceRepositoryTest {
    private static final byte[] BLOB = TestingSource.content(50_000, 1);

    private final TestingImage image = TestingImages.small(1);
    private final Digest digest = Digest.parse(image.digest());

    @AutoClose
    private final TestingSource origin = new TestingSource();

    @AutoClose
    private final TestingRegistry mirror = TestingRegistry.start();

    private final Descriptor blob = origin.put(BLOB);
    private final SourceRepository source = origin.behind(mirror);

    @BeforeEach
    void fill() {
        image.putInto(origin.registry(), TestingSource.NAME, "1");
        image.putInto(mirror, TestingSource.NAME, "1");
        mirror.content().putBlob(TestingSource.NAME, BLOB);
    }

    @AfterEach
    void stop() {
        Thread.interrupted();
    }

    private void always(String path, Interceptor action) {
        mirror.fault(Fault.on("*", path).always().then(action));
    }

    private byte[] download() throws RegistryException {
        byte[] buffer = new byte[BLOB.length + 1];
        try (BlobDownload download =
                new BlobDownload(source, blob, 0, blob.digest().newHash())) {
            return Arrays.copyOf(buffer, download.fill(buffer));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void asksAMirrorThatIsDownForNothingMore(int status) throws Exception {
        always(".*", Faults.status(status));

        assertThat(source.resolve("1")).isEqualTo(digest);
        int asked = TestingSource.ATTEMPTS + (status == 429 ? 0 : 1); // HEAD may be what fails: once more by GET
        assertThat(mirror.requests()).hasSize(asked);

        assertThat(source.manifest(digest).bytes()).isEqualTo(image.bytes());
        assertThat(download()).isEqualTo(BLOB);
        assertThat(mirror.requests()).hasSize(asked);
    }

    @Test
    void asksAMirrorThatEndsEveryConnectionForNothingMore() throws Exception {
        always(".*", Faults.closeBeforeAnswer());

        assertThat(source.resolve("1")).isEqualTo(digest);
        int asked = source.requests();
        assertThat(source.manifest(digest).bytes()).isEqualTo(image.bytes());

        assertThat(asked).isGreaterThan(TestingSource.ATTEMPTS);
        assertThat(source.requests()).isEqualTo(asked + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void stillAsksAMirrorThatLacksOneThing(int status) throws Exception {
        always("/v2/.+/manifests/.+", Faults.status(status));

        assertThat(source.resolve("1")).isEqualTo(digest);
        assertThat(source.manifest(digest).bytes()).isEqualTo(image.bytes());
        assertThat(download()).isEqualTo(BLOB);

        int denied = status == 403 ? 1 : 0; // HEAD cannot say whether it is what is denied: once more by GET
        assertThat(mirror.requests("*", "/v2/.+/manifests/.+")).hasSize(2 + denied);
        assertThat(origin.reads(blob)).isZero();
    }

    @Test
    void asksTheNextMirrorInPlaceOfADeadOne() throws Exception {
        try (TestingRegistry second = TestingRegistry.start()) {
            image.putInto(second, TestingSource.NAME, "1");
            always(".*", Faults.status(503));
            SourceRepository behindTwo = origin.behind(mirror, second);

            assertThat(behindTwo.resolve("1")).isEqualTo(digest);
            assertThat(behindTwo.manifest(digest).bytes()).isEqualTo(image.bytes());

            assertThat(mirror.requests("HEAD", ".*")).hasSize(TestingSource.ATTEMPTS);
            assertThat(mirror.requests("GET", ".*")).hasSize(1);
            assertThat(second.requests()).hasSize(2);
            assertThat(origin.registry().requests()).isEmpty();
        }
    }

    @Test
    void neverPassesOverTheRegistryItself() throws Exception {
        SourceRepository direct = origin.behind();
        origin.registry()
                .fault(Fault.on("*", ".*").times(TestingSource.ATTEMPTS + 1).then(Faults.status(503)));

        assertThatThrownBy(() -> direct.resolve("1"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY));

        assertThat(direct.resolve("1")).isEqualTo(digest);
    }

    @Test
    void readsABlobFromTheRegistryOnceAMirrorHasAlteredIt() throws Exception {
        always("/v2/.+/blobs/.+", BodyFaults.flipByte(7));

        assertThatThrownBy(this::download).hasMessageContaining("was corrupted in transit");

        assertThat(download()).isEqualTo(BLOB);
        assertThat(mirror.requests("GET", "/v2/.+/blobs/.+")).hasSize(1);
        assertThat(origin.reads(blob)).isEqualTo(1);
    }

    /** What a mirror gives says nothing of the image. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void readsABlobFromTheRegistryOnceAMirrorGaveItInAnotherLength(int difference) throws Exception {
        byte[] other = TestingSource.content(BLOB.length + difference, 2);
        always("/v2/.+/blobs/.+", Faults.inChunks(other));

        assertThatThrownBy(this::download)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY));

        assertThat(download()).isEqualTo(BLOB);
        assertThat(mirror.requests("GET", "/v2/.+/blobs/.+")).hasSize(1);
    }

    @Test
    void readsABlobFromTheRegistryOnceAMirrorDoesNotGetOnWithIt() throws Exception {
        always("/v2/.+/blobs/.+", BodyFaults.truncateResponseAfter(0));

        assertThatThrownBy(this::download).hasMessageContaining("failed: ");

        assertThat(download()).isEqualTo(BLOB);
        assertThat(origin.reads(blob)).isEqualTo(1);
    }

    @Test
    void readsOnFromTheRegistryWhereAMirrorDied() throws Exception {
        mirror.fault(Fault.on("GET", "/v2/.+/blobs/.+").then(BodyFaults.truncateResponseAfter(20_000)));
        mirror.fault(Fault.on("GET", "/v2/.+/blobs/.+").skip(1).always().then(Faults.status(503)));

        assertThat(download()).isEqualTo(BLOB);

        assertThat(origin.registry().requests("GET", "/v2/.+/blobs/.+"))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.headers().first("Range").orElseThrow())
                                .isEqualTo("bytes=20000-"));
    }

    @Test
    void doesNotBlameAMirrorForAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> source.resolve("1")).isInstanceOf(RegistryException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(source.resolve("1")).isEqualTo(digest);

        assertThat(mirror.requests()).hasSize(1);
        assertThat(origin.registry().requests()).isEmpty();
    }

    /** Without this, a destination would be blamed for a list or a signature that its source does not give. */
    @Test
    void blamesTheSourceForWhatItListsAndTags() {
        origin.registry().fault(Fault.on("*", ".*/referrers/.*").always().then(Faults.redirectToSelf()));
        origin.registry()
                .fault(Fault.on("*", ".*/manifests/.+sig").always().then(Faults.redirect("http://169.254.169.254/")));

        assertThatThrownBy(() -> source.referrers(digest))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SOURCE_REFUSED));
        assertThatThrownBy(() -> source.find("x.sig"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SOURCE_NOT_ALLOWED));
    }
}
