package dev.imagemirror.operator.ecr;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.services.ecr.EcrClient;

/** One client a region, made when first needed. Thread-safe. */
public final class EcrClients implements AutoCloseable {
    private final Map<String, EcrClient> clients = new ConcurrentHashMap<>();
    private final Function<String, EcrClient> factory;

    /** @param factory makes the client of a region such as {@code eu-central-1}; with time-outs, since passes wait for it */
    public EcrClients(Function<String, EcrClient> factory) {
        this.factory = factory;
    }

    EcrClient of(String region) {
        return clients.computeIfAbsent(region, factory);
    }

    /** Closes every client. */
    @Override
    public void close() {
        clients.values().forEach(EcrClient::close);
    }
}
