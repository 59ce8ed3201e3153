package dev.imagemirror.registry.auth;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens, one a registry and scope, each asked for by one thread at a time. Thread-safe. */
public final class TokenCache {
    /** A token that ends within this time is not used any more. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** @param expiresAt end of the token's life by the local clock */
    record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Token[***, expiresAt=" + expiresAt + "]";
        }
    }

    private record Key(String registry, Scope scope) {}

    /** Holds a scope's token; its monitor keeps a second thread from asking for the same. */
    private static final class Slot {
        private Token token;
    }

    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
    private final TokenClient client;
    private final Clock clock;

    public TokenCache(TokenClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** @param credential who asks, or null for anonymous */
    String token(RegistryAddress address, Challenge challenge, Scope scope, Credential credential)
            throws RegistryException {
        Slot slot = slots.computeIfAbsent(new Key(address.registry(), scope), key -> new Slot());
        synchronized (slot) {
            if (slot.token == null || !slot.token.expiresAt().minus(MARGIN).isAfter(clock.instant())) {
                slot.token = client.request(address, challenge, scope, credential);
            }
            return slot.token.value();
        }
    }

    /**
     * Drops the token that was refused.
     *
     * @param authorization the header's value that was refused
     * @return false if it has been dropped or renewed before
     */
    boolean forget(RegistryAddress address, Scope scope, String authorization) {
        Slot slot = slots.get(new Key(address.registry(), scope));
        if (slot == null) {
            return false;
        }
        synchronized (slot) {
            boolean current = slot.token != null && authorization.equals("Bearer " + slot.token.value());
            if (current) {
                slot.token = null;
            }
            return current;
        }
    }

    /** Drops the token, whichever it is. */
    void forget(RegistryAddress address, Scope scope) {
        slots.remove(new Key(address.registry(), scope));
    }
}
