package dev.imagemirror.copy;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Runs the copy engine for a test, with patience that no slow machine exhausts: who shares a read and who does not is
 * then the engine's choice and not the scheduler's.
 */
final class CopyTrial implements AutoCloseable {
    /** How often a request is tried in all. */
    static final int ATTEMPTS = 3;

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int LANES = 3;
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int CHUNKS = 4;

    private final RegistryClient client;
    private final ImageCopier copier;

    CopyTrial() {
        RetryPolicy retries = new RetryPolicy(
                ATTEMPTS, Duration.ofMillis(1), Duration.ofMinutes(1), Clock.systemUTC(), delay -> {}, new Random(1));
        client = new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, retries);
        CopySettings settings = new CopySettings(LANES, CHUNK_BYTES, CHUNKS, LONG, LONG, LONG, retries);
        copier = new ImageCopier(client, new RegistryMirrors(Map.of()), settings);
    }

    CopyReport copy(String source, String... destinations) {
        return copy(false, source, destinations);
    }

    CopyReport copyWithReferrers(String source, String... destinations) {
        return copy(true, source, destinations);
    }

    private CopyReport copy(boolean referrers, String source, String... destinations) {
        List<ImageReference> references =
                Stream.of(destinations).map(ImageReference::parse).toList();
        return copier.copy(
                new CopyRequest(ImageReference.parse(source), references, referrers, false), CopyListener.NONE);
    }

    @Override
    public void close() {
        client.close();
    }
}
