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
 * Gives each request the {@code Authorization} that its registry wants. A registry's scheme is learnt from its first
 * 401 and kept; nothing is sent before a registry has asked. Thread-safe.
 */
public final class Authenticator {
    /** How a registry wants to be asked; {@code bearer} is null for Basic. */
    private record Scheme(Challenge bearer) {}

    private final Map<String, Scheme> schemes = new ConcurrentHashMap<>();
    private final CredentialProvider credentials;
    private final TokenCache tokens;

    public Authenticator(CredentialProvider credentials, TokenCache tokens) {
        this.credentials = credentials;
        this.tokens = tokens;
    }

    /** The header's value, or null for none. */
    public String authorization(RegistryAddress address, Scope scope) throws RegistryException {
        Scheme scheme = schemes.get(address.registry());
        if (scheme == null) {
            return null;
        }
        Optional<Credential> credential = credentials.find(address.registry(), scope.repository());
        if (credential.orElse(null) instanceof Credential.BearerToken token) {
            return "Bearer " + token.token();
        }
        if (scheme.bearer() == null) {
            return credential.orElse(null) instanceof Credential.Basic basic ? basic(basic) : null;
        }
        return "Bearer " + tokens.token(address, scheme.bearer(), scope, credential.orElse(null));
    }

    /**
     * Learns from a refusal.
     *
     * @param used the authorization that was refused, or null
     * @param challenge value of {@code WWW-Authenticate}, or null
     * @return true if another try may succeed
     */
    public boolean refused(RegistryAddress address, Scope scope, String used, String challenge)
            throws RegistryException {
        Scheme wanted = challenge == null ? schemes.get(address.registry()) : choose(Challenge.parse(challenge));
        if (wanted == null) {
            return false;
        }
        schemes.put(address.registry(), wanted);
        if (used != null) {
            forget(address, scope, used);
        }
        String next = authorization(address, scope);
        return next != null && !next.equals(used);
    }

    /** Drops what was refused, unless another thread has renewed it meanwhile. */
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

    /** A body was cut off while it was sent, perhaps for an authorization that ended: start with a fresh one. */
    public void doubt(RegistryAddress address, Scope scope) {
        tokens.forget(address, scope);
    }

    /** Basic wherever it comes with Bearer would do as well, but Bearer is what registries prefer. */
    private static Scheme choose(List<Challenge> challenges) {
        Scheme basic = null;
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer") && challenge.parameter("realm") != null) {
                return new Scheme(challenge);
            }
            if (challenge.scheme().equals("basic")) {
                basic = new Scheme(null);
            }
        }
        return basic;
    }

    static String basic(Credential.Basic credential) {
        byte[] pair = (credential.user() + ":" + credential.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
