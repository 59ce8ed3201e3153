package dev.imagemirror.testing.registry;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a registry with token authentication behaves. Without users everybody gets what he asks for.
 *
 * @param users passwords by user
 * @param lifetime of a token, in whole seconds
 * @param identityToken the refresh token that POST takes; empty for none
 */
public record TokenAuth(
        String service, Map<String, String> users, Set<Option> options, Duration lifetime, String identityToken) {
    /** Odd but legal behaviour of token servers. */
    public enum Option {
        /** Whoever sends no credential gets a token for pull alone; else 401. */
        ANONYMOUS_PULL,
        /** The answer has an empty {@code token} beside {@code access_token}. */
        EMPTY_TOKEN,
        /** The answer has {@code access_token} and no {@code token}. */
        ANSWERS_ACCESS_TOKEN,
        /** The answer has no {@code expires_in}: 60 s, says the specification. */
        NO_EXPIRES_IN,
        /** The challenge names no scope. */
        NO_SCOPE_IN_CHALLENGE,
        /** The Bearer challenge comes after a Basic one, in another order and without the quotes that may go. */
        ODD_CHALLENGE
    }

    /** Copies the collections. */
    public TokenAuth {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(identityToken, "identityToken");
        Objects.requireNonNull(lifetime, "lifetime");
        users = Map.copyOf(users);
        options = Set.copyOf(options);
    }

    /** Token authentication open to everybody, with tokens that last five minutes. */
    public static TokenAuth forService(String service) {
        return new TokenAuth(service, Map.of(), Set.of(), Duration.ofMinutes(5), "");
    }

    /** The same with one more user. */
    public TokenAuth user(String name, String password) {
        Map<String, String> more = new HashMap<>(users);
        more.put(name, password);
        return new TokenAuth(service, more, options, lifetime, identityToken);
    }

    /** The same with that behaviour. */
    public TokenAuth with(Option option) {
        Set<Option> more = EnumSet.of(option);
        more.addAll(options);
        return new TokenAuth(service, users, more, lifetime, identityToken);
    }

    /** The same with another lifetime of tokens. */
    public TokenAuth lifetime(Duration time) {
        return new TokenAuth(service, users, options, time, identityToken);
    }

    /** The same with a refresh token, which {@code grant_type=refresh_token} takes. */
    public TokenAuth identityToken(String token) {
        return new TokenAuth(service, users, options, lifetime, token);
    }

    boolean has(Option option) {
        return options.contains(option);
    }
}
