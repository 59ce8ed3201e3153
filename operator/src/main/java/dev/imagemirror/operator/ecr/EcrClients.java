package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.EcrRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.services.ecr.EcrClient;

/** One client per registry, created on first use. Thread-safe. */
public final class EcrClients implements AutoCloseable {
    private final Map<String, EcrClient> clients = new ConcurrentHashMap<>();
    private final Function<EcrRegistry, EcrClient> factory;

    /** @param factory creates the client for a registry's region; with timeouts, because passes wait for it */
    public EcrClients(Function<EcrRegistry, EcrClient> factory) {
        this.factory = factory;
    }

    EcrClient of(EcrRegistry registry) {
        return clients.computeIfAbsent(registry.plainHost(), host -> factory.apply(registry));
    }

    /** Closes all clients. */
    @Override
    public void close() {
        clients.values().forEach(EcrClient::close);
    }
}
