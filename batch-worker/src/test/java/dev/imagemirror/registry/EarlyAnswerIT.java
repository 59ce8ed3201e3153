package dev.imagemirror.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.model.BlobBody;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Front ends that refuse a large body without reading it, and close: nginx's {@code client_max_body_size}. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EarlyAnswerIT {
    private static final int MIB = 1024 * 1024;
    private static final String UPLOADS = "/v2/app/blobs/uploads/.+";
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    private static RegistryException refused(TestingRegistry registry, RegistryClient client, int status, int mib)
            throws IOException {
        Repository repository = new Repository(registry.authority(), "app");
        URI session = client.startUpload(repository, DIGEST);
        registry.fault(Fault.on("PUT", UPLOADS).always().then(Faults.statusWithoutReading(status)));
        Descriptor blob = new Descriptor("application/octet-stream", DIGEST, (long) mib * MIB);
        return catchThrowableOfType(
                RegistryException.class, () -> client.putBlob(repository, session, blob, zeros(mib)));
    }

    /** Of any size, and never more of it in memory than a chunk. */
    private static BlobBody zeros(int mib) {
        return out -> {
            byte[] chunk = new byte[MIB / 16];
            for (int sent = 0; sent < 16 * mib; sent++) {
                out.write(chunk);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "401, 1, ACCESS_DENIED",
        "401, 8, ACCESS_DENIED",
        "401, 64, ACCESS_DENIED",
        "403, 8, ACCESS_DENIED",
        "403, 64, ACCESS_DENIED",
        "413, 1, REFUSED",
        "413, 8, REFUSED",
        "413, 64, REFUSED",
        "429, 8, TEMPORARY",
        "429, 64, TEMPORARY",
        "507, 64, TEMPORARY"
    })
    void areReadEvenIfTheyInterruptTheUpload(int status, int mib, ErrorKind kind) throws Exception {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = TestingClient.trying(3)) {
            RegistryException error = refused(registry, client, status, mib);

            assertThat(error.status()).as(error.getMessage()).isEqualTo(status);
            assertThat(error.kind()).isEqualTo(kind);
            assertThat(error.isThrottled()).isEqualTo(status == 429);
            assertThat(registry.requests("PUT", UPLOADS)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void areReadOverTls(int mib, @TempDir Path directory) throws Exception {
        TestingTls tls = TestingTls.shared();
        RegistrySettings settings =
                TestingSettings.onLoopback().reaching(Set.of(), List.of(tls.writeCaPem(directory)), Proxies.NONE);
        try (TestingRegistry registry = TestingRegistry.builder().tls(tls).start();
                RegistryClient client = TestingClient.trying(3, settings, CredentialProvider.ANONYMOUS)) {
            RegistryException error = refused(registry, client, 413, mib);

            assertThat(error.status()).as(error.getMessage()).isEqualTo(413);
            assertThat(error).hasMessageContaining("client_max_body_size");
        }
    }

    /** The connection is not used again: what has been sent of the body would be taken for the next request. */
    @Test
    void leaveAConnectionThatIsNotUsedAgain() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = TestingClient.trying(1)) {
            Repository repository = new Repository(registry.authority(), "app");
            URI session = client.startUpload(repository, DIGEST);
            registry.fault(Fault.on("PUT", UPLOADS).always().then(Faults.answer(Response.takenOver(0, (in, out) -> {
                out.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
                out.flush();
                in.readNBytes(MIB); // the rest stays in the connection, which is as good as new for all that it says
            }))));
            Descriptor blob = new Descriptor("application/octet-stream", DIGEST, 64L * MIB);
            assertThatThrownBy(() -> client.putBlob(repository, session, blob, zeros(64)))
                    .hasMessageContaining("413");
            registry.clearFaults();

            assertThat(client.startUpload(repository, DIGEST)).isNotNull();
        }
    }

    @Test
    void areNotWaitedForWhereTheSourceOfTheBodyFails() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = TestingClient.trying(1)) {
            Repository repository = new Repository(registry.authority(), "app");
            URI session = client.startUpload(repository, DIGEST);
            Descriptor blob = new Descriptor("application/octet-stream", DIGEST, 10);
            RegistryException fault = new RegistryException(ErrorKind.INCOMPLETE_SOURCE, "the source is empty");

            RegistryException error = catchThrowableOfType(
                    RegistryException.class,
                    () -> client.putBlob(repository, session, blob, out -> {
                        throw fault;
                    }));

            assertThat(error).isSameAs(fault);
        }
    }
}
