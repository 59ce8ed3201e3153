package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.RegistryException;

/** A docker configuration that is read when it is first needed, once. Thread-safe. */
final class DockerConfigSource {
    static final DockerConfigSource NONE = of(() -> DockerConfig.EMPTY);

    /** Reads a configuration. */
    @FunctionalInterface
    interface Reader {
        DockerConfig read() throws RegistryException;
    }

    private final Reader reader;
    private DockerConfig config;

    private DockerConfigSource(Reader reader) {
        this.reader = reader;
    }

    static DockerConfigSource of(Reader reader) {
        return new DockerConfigSource(reader);
    }

    synchronized DockerConfig config() throws RegistryException {
        if (config == null) {
            config = reader.read();
        }
        return config;
    }
}
