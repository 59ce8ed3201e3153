package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.BlobStream;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are read as far as they are needed. */
class ResponseEndIT {
    private static final String NAME = "team/app";

    /** Much more than the sockets hold by themselves. */
    private static final int LARGE = 24 << 20;

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    private final RetryPolicy once = new RetryPolicy(
            1, Duration.ofMillis(1), Duration.ofSeconds(1), Clock.systemUTC(), delay -> {}, new Random(1));

    @AutoClose
    private final RegistryClient client =
            new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, once);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private Descriptor blob;

    @BeforeEach
    void storeBlob() {
        Digest digest = Digest.parse(registry.content().putBlob(NAME, new byte[LARGE]));
        blob = new Descriptor("application/octet-stream", digest, LARGE);
        registry.fault(Fault.on("GET", ".*").then(inPieces()));
    }

    /** Not slow at all, but so that bytes are counted as they go. */
    private static Interceptor inPieces() {
        return BodyFaults.slowResponse(1L << 40);
    }

    private long bytesSent() {
        return registry.requests("GET", ".*").get(0).bytesSent();
    }

    @Test
    void dropsTheRestOfAnAbandonedBlob() throws Exception {
        try (BlobStream stream = client.blob(repository, blob, 0)) {
            assertThat(stream.readNBytes(1000)).hasSize(1000);
        }

        assertThat(bytesSent()).isLessThan(LARGE);
    }

    @Test
    void dropsABlobOfTheWrongLength() {
        Descriptor shorter = new Descriptor(blob.mediaType(), blob.digest(), LARGE - 1);

        assertThatThrownBy(() -> client.blob(repository, shorter, 0))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(blob.digest().toString())
                .hasMessageContaining("announced with " + LARGE);

        assertThat(bytesSent()).isLessThan(LARGE);
    }

    @Test
    void dropsTheRestOfAnErrorWithoutEnd() {
        registry.clearFaults();
        Response large = Response.text(404, "text/plain", "x".repeat(LARGE));
        registry.fault(Fault.on("GET", ".*").then(Faults.alter(response -> large)));
        registry.fault(Fault.on("GET", ".*").then(inPieces()));

        assertThatThrownBy(() -> client.blob(repository, blob, 0)).isInstanceOf(RegistryException.class);

        assertThat(bytesSent()).isLessThan(LARGE);
    }

    @Test
    void keepsTheConnectionAfterAShortError() throws Exception {
        registry.fault(Fault.on("POST", ".*").then(Faults.status(400)));

        assertThatThrownBy(() -> client.startUpload(repository, blob.digest())).isInstanceOf(RegistryException.class);
        assertThat(client.hasBlob(repository, blob.digest())).isTrue();

        assertThat(registry.openConnections()).isEqualTo(1);
    }
}
