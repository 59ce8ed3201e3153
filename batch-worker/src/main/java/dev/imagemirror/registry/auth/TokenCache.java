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
import org.jspecify.annotations.Nullable;

/** Bearer tokens, one per registry and scope, each requested by one thread at a time. Thread-safe. */
public final class TokenCache {
    /** A token that expires within this time is no longer used. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** @param expiresAt by the local clock */
    record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Token[***, expiresAt=" + expiresAt + "]";
        }
    }

    private record Key(String registry, Scope scope) {}

    /** Holds a scope's token; its monitor keeps a second thread from requesting it, too. */
    private static final class Slot {
        private @Nullable Token token;
    }

    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
    private final TokenClient client;
    private final Clock clock;

    public TokenCache(TokenClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** @param credential of the requester; null for anonymous */
    String token(RegistryAddress address, Challenge challenge, Scope scope, @Nullable Credential credential)
            throws RegistryException {
        Slot slot = slots.computeIfAbsent(new Key(address.registry(), scope), key -> new Slot());
        synchronized (slot) {
            Token token = slot.token;
            if (token == null || !token.expiresAt().minus(MARGIN).isAfter(clock.instant())) {
                token = client.request(address, challenge, scope, credential);
                slot.token = token;
            }
            return token.value();
        }
    }

    /**
     * Drops the rejected token.
     *
     * @param authorization the rejected header value
     * @return false if it was already dropped or renewed
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
