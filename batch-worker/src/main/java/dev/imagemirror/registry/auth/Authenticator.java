package dev.imagemirror.registry.auth;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Provides the {@code Authorization} that each registry requires. A registry's scheme is learnt from its first 401 and
 * kept; nothing is sent before that. Thread-safe.
 */
public final class Authenticator {
    /** The authorization scheme of a registry. */
    private sealed interface Scheme {}

    private record BasicScheme() implements Scheme {}

    private record BearerScheme(Challenge challenge) implements Scheme {}

    private final Map<String, Scheme> schemes = new ConcurrentHashMap<>();
    private final CredentialProvider credentials;
    private final TokenCache tokens;

    public Authenticator(CredentialProvider credentials, TokenCache tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    /** The header's value; empty if the registry has not required one, or none is available. */
    public Optional<String> authorization(RegistryAddress address, Scope scope) throws RegistryException {
        Scheme scheme = schemes.get(address.registry());
        if (scheme == null) {
            return Optional.empty();
        }
        Credential credential =
                credentials.find(address.registry(), scope.repository()).orElse(null);
        if (credential instanceof Credential.BearerToken token) {
            return Optional.of("Bearer " + token.token());
        }
        if (scheme instanceof BearerScheme bearer) {
            return Optional.of("Bearer " + tokens.token(address, bearer.challenge(), scope, credential));
        }
        return credential instanceof Credential.Basic basic ? Optional.of(basic(basic)) : Optional.empty();
    }

    /**
     * Learns from a rejection.
     *
     * @param used the rejected authorization; empty if there was none
     * @param challenge value of {@code WWW-Authenticate}; empty if there was none
     * @return true if another request may succeed
     */
    public boolean refused(RegistryAddress address, Scope scope, String used, String challenge)
            throws RegistryException {
        Optional<Scheme> scheme = challenge.isEmpty()
                ? Optional.ofNullable(schemes.get(address.registry()))
                : choose(Challenge.parse(challenge));
        if (scheme.isEmpty()) {
            return false;
        }
        schemes.put(address.registry(), scheme.get());
        if (!used.isEmpty()) {
            forget(address, scope, used);
        }
        return authorization(address, scope).filter(next -> !next.equals(used)).isPresent();
    }

    /** Drops the rejected authorization, unless another thread has already renewed it. */
    private void forget(RegistryAddress address, Scope scope, String used) throws RegistryException {
        Optional<Credential> credential = credentials.find(address.registry(), scope.repository());
        if (credential.isEmpty()) {
            tokens.forget(address, scope, used);
            return;
        }
        boolean sent = credential.get() instanceof Credential.Basic basic && used.equals(basic(basic));
        if (sent || tokens.forget(address, scope, used)) {
            credentials.forget(address.registry(), credential.get());
        }
    }

    /** The connection broke while sending a body, perhaps because the authorization expired: start with a fresh one. */
    public void doubt(RegistryAddress address, Scope scope) {
        tokens.forget(address, scope);
    }

    /** Where both are offered, registries prefer Bearer. */
    private static Optional<Scheme> choose(List<Challenge> challenges) {
        Optional<Scheme> basic = Optional.empty();
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer") && challenge.parameter("realm") != null) {
                return Optional.of(new BearerScheme(challenge));
            }
            if (challenge.scheme().equals("basic")) {
                basic = Optional.of(new BasicScheme());
            }
        }
        return basic;
    }

    static String basic(Credential.Basic credential) {
        byte[] pair = (credential.user() + ":" + credential.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
