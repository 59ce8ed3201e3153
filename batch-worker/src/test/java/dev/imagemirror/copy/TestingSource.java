package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A registry to read from, perhaps with mirrors, by a client whose waits take no time. */
final class TestingSource implements AutoCloseable {
    static final String NAME = "team/app";
    /** How often a request is tried in all. */
    static final int ATTEMPTS = 3;

    private final TestingRegistry registry = TestingRegistry.start();
    private final SteppedClock clock = new SteppedClock();
    private final RetryPolicy retries =
            new RetryPolicy(ATTEMPTS, Duration.ofMillis(1), Duration.ofMinutes(1), clock, clock, new Random(1));
    private final RegistryClient client =
            new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, retries);

    TestingRegistry registry() {
        return registry;
    }

    RetryPolicy retries() {
        return retries;
    }

    /** The repository, to be read by way of these mirrors. */
    SourceRepository behind(TestingRegistry... mirrors) {
        List<Repository> places = new ArrayList<>();
        for (TestingRegistry mirror : mirrors) {
            places.add(new Repository(mirror.authority(), NAME));
        }
        places.add(new Repository(registry.authority(), NAME));
        return new SourceRepository(client, places);
    }

    /** Random bytes, the same for the same arguments. */
    static byte[] content(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Descriptor descriptor(byte[] blob) {
        return new Descriptor("application/octet-stream", Digest.sha256(blob), blob.length);
    }

    /** Lets the registry have the blob. */
    Descriptor put(byte[] blob) {
        registry.content().putBlob(NAME, blob);
        return descriptor(blob);
    }

    /** How often the blob was read from the registry. */
    int reads(Descriptor blob) {
        return registry.requests("GET", "/v2/" + NAME + "/blobs/" + blob.digest())
                .size();
    }

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
