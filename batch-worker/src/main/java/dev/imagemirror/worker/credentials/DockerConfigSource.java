package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.model.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A docker configuration that is read on first use and reread periodically, so that long-running processes pick up new
 * passwords. If rereading fails, the last one stays in use. Thread-safe.
 */
final class DockerConfigSource {
    static final DockerConfigSource NONE = new DockerConfigSource(() -> DockerConfig.EMPTY, Clock.systemUTC());

    private static final Duration KEPT = Duration.ofMinutes(1);

    /** Reads a configuration. */
    @FunctionalInterface
    interface Reader {
        DockerConfig read() throws RegistryException;
    }

    private final Reader reader;
    private final Clock clock;
    private @Nullable DockerConfig config;
    private Instant readAt = Instant.MIN;

    private DockerConfigSource(Reader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    static DockerConfigSource of(Reader reader, Clock clock) {
        return new DockerConfigSource(reader, clock);
    }

    synchronized DockerConfig config() throws RegistryException {
        Instant now = clock.instant();
        if (config == null || now.isAfter(readAt.plus(KEPT))) {
            try {
                config = reader.read();
            } catch (RegistryException e) {
                if (config == null) {
                    throw e;
                }
            }
            readAt = now;
        }
        return config;
    }
}
