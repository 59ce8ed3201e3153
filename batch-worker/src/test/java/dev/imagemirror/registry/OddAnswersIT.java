package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.Trait;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come compressed, or in parts, though the plain whole was asked for. */
class OddAnswersIT {
    private static final String NAME = "team/app";

    @AutoClose
    private final TestingRegistry registry =
            TestingRegistry.builder().tokenAuth(TokenAuth.forService("svc")).start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(3);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1).storedIn(registry, NAME, "1");
    private final TestingBlob layer = image.blobs().get(1);
    private final Descriptor blob =
            new Descriptor("application/octet-stream", Digest.parse(layer.digest()), layer.size());

    @BeforeEach
    void fill() throws Exception {
        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest())); // a token is there
        registry.clearRequests();
    }

    private void readEverything() throws Exception {
        assertThat(client.manifest(repository, "1").bytes()).isEqualTo(image.bytes());
        assertThat(client.manifest(repository, image.digest()).bytes()).isEqualTo(image.bytes());
        try (BlobStream stream = client.blob(repository, blob, 0)) {
            assertThat(stream.readAllBytes()).isEqualTo(layer.bytes());
        }
        assertThat(client.tags(repository).tags()).containsExactly("1");
        assertThat(client.referrers(repository, Digest.parse(image.digest())).referrers())
                .isEmpty();
    }

    private RegistryException fails(ThrowingCallable call) {
        RegistryException error = catchThrowableOfType(RegistryException.class, call);
        assertThat(registry.requests()).as("final").hasSize(1);
        registry.clearRequests();
        return error;
    }

    @Test
    void areRequestedUncompressed() throws Exception {
        registry.enable(Trait.COMPRESSES);
        registry.revokeTokens();

        readEverything();
        client.hasBlob(repository, blob.digest());
        client.abandonUpload(repository, client.startUpload(repository, blob.digest()));

        assertThat(registry.requests()).extracting(RecordedRequest::method).contains("GET", "HEAD", "POST", "DELETE");
        assertThat(registry.requests("GET", "/token")).isNotEmpty();
        assertThat(registry.requests())
                .allSatisfy(request ->
                        assertThat(request.headers().all("Accept-Encoding")).containsExactly("identity"));
    }

    @Test
    void areRefusedAtOnceIfTheyComeCompressed() {
        registry.enable(Trait.ALWAYS_COMPRESSES);

        List<ThrowingCallable> reads = List.of(
                () -> client.manifest(repository, "1"),
                () -> client.manifest(repository, image.digest()),
                () -> client.blob(repository, blob, 0),
                () -> client.tags(repository),
                () -> client.referrers(repository, blob.digest()));

        assertThat(reads).allSatisfy(read -> {
            RegistryException error = fails(read);
            assertThat(error).hasMessageContaining("Content-Encoding gzip").hasMessageContaining(NAME);
            assertThat(error.kind()).isEqualTo(ErrorKind.REFUSED);
        });
    }

    @Test
    void areNoDigestsOfCompressedBytes() {
        registry.enable(Trait.ALWAYS_COMPRESSES);
        registry.enable(Trait.NO_CONTENT_DIGEST);
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.status(405)));

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> client.digest(repository, "1"));

        assertThat(error).hasMessageContaining("Content-Encoding gzip");
    }

    @Test
    void areRefusedAtOnceIfATokenComesCompressed() {
        registry.enable(Trait.ALWAYS_COMPRESSES);
        registry.revokeTokens();

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> client.digest(repository, "1"));

        assertThat(error).hasMessageContaining("token endpoint").hasMessageContaining("Content-Encoding gzip");
        assertThat(registry.requests("GET", "/token")).hasSize(1);
    }

    /** Object stores say so of layers that are gzip files themselves. */
    @Test
    void areRightIfTheyOnlyClaimToBeCompressed() throws Exception {
        registry.fault(Fault.on("GET", ".*/(blobs|manifests)/.*")
                .always()
                .then(Faults.alter(response -> response.with("Content-Encoding", "gzip"))));

        assertThat(client.manifest(repository, image.digest()).bytes()).isEqualTo(image.bytes());
        try (BlobStream stream = client.blob(repository, blob, 0)) {
            assertThat(stream.readAllBytes()).isEqualTo(layer.bytes());
        }
    }

    @Test
    void areAcceptedAsPartialContentThatIsComplete() throws Exception {
        registry.enable(Trait.WHOLE_IS_PARTIAL);

        readEverything();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "bytes 0-99/300", "bytes 1-299/300", "bytes 0-299/*", "bytes */300", "items 0-299/300"})
    void areRejectedImmediatelyAsIncompletePartialContent(String range) {
        Response part = Response.text(206, "application/json", "x".repeat(300));
        registry.fault(Fault.on("GET", "/v2/.*")
                .always()
                .then(Faults.answer(range.equals("none") ? part : part.with("Content-Range", range))));

        List<ThrowingCallable> reads = List.of(
                () -> client.manifest(repository, "1"),
                () -> client.blob(repository, blob, 0),
                () -> client.tags(repository),
                () -> client.referrers(repository, blob.digest()));

        assertThat(reads).allSatisfy(read -> {
            RegistryException error = fails(read);
            assertThat(error)
                    .hasMessageContaining("206")
                    .hasMessageContaining("a part, although the whole was requested");
            assertThat(error.kind()).isEqualTo(ErrorKind.REFUSED);
        });
    }

    @Test
    void areNeverShownIfTheyAreNoText() {
        byte[] bytes = {0x1f, (byte) 0x8b, 8, 'G', 'I', 'F'};
        registry.fault(Fault.on("GET", "/v2/.*")
                .always()
                .then(Faults.answer(Response.text(400, "application/json", "").withBody(ResponseBody.of(bytes)))));

        assertThat(fails(() -> client.manifest(repository, "1")))
                .hasMessageEndingWith(registry.authority() + " answered 400");
    }

    @Test
    void sayHowLargeABodyTheRegistryRefuses() {
        registry.fault(Fault.on("PUT", ".*").always().then(Faults.status(413)));
        ManifestContent content = new ManifestContent(image.mediaType(), Digest.parse(image.digest()), image.bytes());

        RegistryException manifest = catchThrowableOfType(
                RegistryException.class, () -> client.putManifest(repository, "1", image.mediaType(), content));
        RegistryException upload = catchThrowableOfType(
                RegistryException.class,
                () -> client.putBlob(
                        repository,
                        client.startUpload(repository, blob.digest()),
                        blob,
                        out -> out.write(layer.bytes())));

        assertThat(manifest.kind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(manifest).hasMessageContaining("refuses a body of " + image.bytes().length + " bytes");
        assertThat(upload.kind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(upload).hasMessageContaining("refuses a body of " + blob.size() + " bytes");
    }
}
