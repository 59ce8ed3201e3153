package dev.imagemirror.testing.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** What a registry is built from; collected by the builder and read once. */
public final class RegistryOptions {
    final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    int tagPage = Integer.MAX_VALUE;
    int referrerPage = Integer.MAX_VALUE;
    BasicCredential basic;
    TokenAuth tokenAuth;
    String ecrToken;
    RateLimit rateLimit;
    Clock clock = Clock.systemUTC();

    /** Adds traits. */
    public void add(Set<Trait> more) {
        traits.addAll(more);
    }

    /** The most tags in a page. */
    public void tagPage(int size) {
        tagPage = size;
    }

    /** The most referrers in a page. */
    public void referrerPage(int size) {
        referrerPage = size;
    }

    /** Basic authentication with this user. */
    public void basic(BasicCredential credential) {
        basic = credential;
    }

    /** Token authentication. */
    public void tokenAuth(TokenAuth auth) {
        tokenAuth = auth;
    }

    /** ECR's authentication with this token. */
    public void ecrToken(String token) {
        ecrToken = token;
    }

    /** A limit on manifest GETs. */
    public void rateLimit(int limit, Duration window) {
        rateLimit = new RateLimit(limit, window);
    }

    /** The clock that ends tokens. */
    public void clock(Clock source) {
        clock = source;
    }
}
