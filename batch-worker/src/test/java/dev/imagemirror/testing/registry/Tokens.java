package dev.imagemirror.testing.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The bearer tokens that are valid, with what each grants; safe for any thread. */
final class Tokens {
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Clock clock;

    private record Grant(List<AccessScope> scopes, Instant expires) {}

    Tokens(Clock clock) {
        this.clock = clock;
    }

    String issue(List<AccessScope> scopes, Duration lifetime) {
        String token = UUID.randomUUID().toString();
        grants.put(token, new Grant(List.copyOf(scopes), clock.instant().plus(lifetime)));
        return token;
    }

    Instant now() {
        return clock.instant();
    }

    void revokeAll() {
        grants.clear();
    }

    /** What a token grants; empty if it is unknown, expired or revoked. */
    Optional<List<AccessScope>> grantedBy(String token) {
        return Optional.ofNullable(grants.get(token))
                .filter(grant -> clock.instant().isBefore(grant.expires()))
                .map(Grant::scopes);
    }
}
