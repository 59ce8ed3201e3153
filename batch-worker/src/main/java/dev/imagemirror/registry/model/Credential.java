package dev.imagemirror.registry.model;

import java.util.Objects;

/** How a client identifies itself to a registry. Immutable, thread-safe; {@code toString} never shows a secret. */
public sealed interface Credential {

    /** User name and password, for Basic authentication or a token endpoint. */
    record Basic(String user, String password) implements Credential {
        public Basic {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=***]";
        }
    }

    /** An OAuth2 refresh token ({@code identitytoken} of a docker configuration), exchanged for access tokens. */
    record IdentityToken(String token) implements Credential {
        public IdentityToken {
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String toString() {
            return "IdentityToken[***]";
        }
    }

    /** A bearer token to send verbatim ({@code registrytoken} of a docker configuration). */
    record BearerToken(String token) implements Credential {
        public BearerToken {
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String toString() {
            return "BearerToken[***]";
        }
    }
}
