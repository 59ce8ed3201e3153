package dev.imagemirror.worker.credentials;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ECR tokens: one per region and role, which covers all accessible accounts, renewed before it expires by one thread at
 * a time. Thread-safe.
 */
final class EcrTokens implements AutoCloseable {
    /** Tokens live 12 hours; one that expires within this time is renewed. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /** The calls to AWS. */
    interface Source extends AutoCloseable {
        /** {@code GetAuthorizationToken} in the registry's region. */
        Token privateToken(EcrRegistry registry) throws RegistryException;

        /** {@code GetAuthorizationToken} of ECR Public; empty without AWS credentials. */
        Optional<Token> publicToken() throws RegistryException;

        @Override
        void close();
    }

    /** @param expiresAt when the registry stops accepting the credential */
    record Token(Credential credential, Instant expiresAt) {}

    /** The token of a region; its monitor keeps a second thread from requesting the same. */
    private static final class Slot {
        private boolean isKnown;
        private Optional<Token> token = Optional.empty();
    }

    /** Requests a token. */
    @FunctionalInterface
    private interface Request {
        Optional<Token> get() throws RegistryException;
    }

    private static final String PUBLIC = EcrRegistry.PUBLIC_HOST;

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Supplier<Source> factory;
    private final EcrRoles roles;
    private final Clock clock;
    private @Nullable Source source;

    /** @param factory creates the AWS clients on first use */
    EcrTokens(Supplier<Source> factory, EcrRoles roles, Clock clock) {
        this.factory = factory;
        this.roles = roles;
        this.clock = clock;
    }

    Credential token(EcrRegistry registry) throws RegistryException {
        return current(key(registry), () -> Optional.of(source().privateToken(registry)))
                .orElseThrow(() -> new IllegalStateException("a private registry always has a token"));
    }

    Optional<Credential> publicToken() throws RegistryException {
        return current(PUBLIC, () -> source().publicToken());
    }

    /** Drops a rejected token, unless it has been renewed meanwhile. */
    void forget(EcrRegistry registry, Credential refused) {
        forget(key(registry), refused);
    }

    /** The same for ECR Public. */
    void forgetPublic(Credential refused) {
        forget(PUBLIC, refused);
    }

    private void forget(String key, Credential refused) {
        Slot slot = slots.computeIfAbsent(key, unknown -> new Slot());
        synchronized (slot) {
            if (slot.token.map(Token::credential).filter(refused::equals).isPresent()) {
                slot.isKnown = false;
            }
        }
    }

    private Optional<Credential> current(String key, Request request) throws RegistryException {
        Slot slot = slots.computeIfAbsent(key, unknown -> new Slot());
        synchronized (slot) {
            if (!slot.isKnown || slot.token.filter(this::isEnding).isPresent()) {
                slot.token = request.get();
                slot.isKnown = true;
            }
            return slot.token.map(Token::credential);
        }
    }

    private boolean isEnding(Token token) {
        return !token.expiresAt().minus(MARGIN).isAfter(clock.instant());
    }

    private synchronized Source source() {
        if (source == null) {
            source = factory.get();
        }
        return source;
    }

    private String key(EcrRegistry registry) {
        return registry.region() + " " + registry.fips() + " " + registry.dualStack() + " "
                + roles.of(registry).orElse("");
    }

    @Override
    public synchronized void close() {
        if (source != null) {
            source.close();
        }
    }
}
