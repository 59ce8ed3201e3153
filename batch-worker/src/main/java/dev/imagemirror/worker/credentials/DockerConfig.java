package dev.imagemirror.worker.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in one docker {@code config.json}: from the registry's helper in {@code credHelpers}, else
 * {@code credsStore}; if neither is set or has one, from {@code auths} by the longest matching key. Immutable,
 * thread-safe. Source: docker's "docker login" reference and containers-auth.json(5).
 */
final class DockerConfig {
    static final DockerConfig EMPTY = new DockerConfig(Map.of(), Map.of(), "", null);

    /** Docker Hub's key in docker's configuration and for its helpers. */
    static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private static final Set<String> DOCKER_HUB_HOSTS =
            Set.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private final Map<String, Credential> auths;
    private final Map<String, String> helpersByRegistry;
    private final String store;
    private final @Nullable CredentialHelper helpers;

    private DockerConfig(
            Map<String, Credential> auths,
            Map<String, String> helpersByRegistry,
            String store,
            @Nullable CredentialHelper helpers) {
        this.auths = Map.copyOf(auths);
        this.helpersByRegistry = Map.copyOf(helpersByRegistry);
        this.store = store;
        this.helpers = helpers;
    }

    /**
     * Parses a configuration.
     *
     * @param origin where it comes from, for messages
     * @throws RegistryException naming the origin and the key at fault, never a secret
     */
    static DockerConfig parse(String origin, byte[] content, CredentialHelper helpers) throws RegistryException {
        JsonNode root = tree(origin, content);
        Map<String, Credential> auths = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("auths").properties()) {
            Credential credential = credential(origin, entry.getKey(), entry.getValue());
            if (credential != null) {
                auths.put(normalize(entry.getKey()), credential);
            }
        }
        Map<String, String> byRegistry = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("credHelpers").properties()) {
            byRegistry.put(normalize(entry.getKey()), entry.getValue().asText());
        }
        return new DockerConfig(auths, byRegistry, root.path("credsStore").asText(""), helpers);
    }

    Optional<Credential> find(String registry, String repository) throws RegistryException {
        Optional<Credential> helped = askHelper(registry);
        if (helped.isPresent()) {
            return helped;
        }
        for (String key = registry + "/" + repository; !key.isEmpty(); key = parent(key)) {
            Credential credential = auths.get(key);
            if (credential != null) {
                return Optional.of(credential);
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> askHelper(String registry) throws RegistryException {
        String helper = helpersByRegistry.getOrDefault(registry, store);
        if (helper.isEmpty() || helpers == null) {
            return Optional.empty();
        }
        return helpers.get(helper, registry.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_KEY : registry);
    }

    private static String parent(String key) {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    /** {@code https://Host/v1/} and the like become {@code host}; {@code host/path} keeps its path. */
    private static String normalize(String key) {
        String bare = key.replaceFirst("^https?://", "").replaceFirst("/+$", "").replaceFirst("/v[12]$", "");
        int slash = bare.indexOf('/');
        String host = (slash < 0 ? bare : bare.substring(0, slash))
                .toLowerCase(Locale.ROOT)
                .replaceFirst(":443$", "");
        String path = slash < 0 ? "" : bare.substring(slash);
        return (DOCKER_HUB_HOSTS.contains(host) ? ImageReference.DOCKER_HUB : host) + path;
    }

    private static JsonNode tree(String origin, byte[] content) throws RegistryException {
        try {
            JsonNode root = new ObjectMapper().readTree(content);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            // reported below, without the parser's message: it may quote a secret
        }
        throw invalid(origin, "not a JSON object");
    }

    private static @Nullable Credential credential(String origin, String key, JsonNode entry) throws RegistryException {
        if (entry.path("identitytoken").isTextual()) {
            return new Credential.IdentityToken(entry.get("identitytoken").asText());
        }
        if (entry.path("registrytoken").isTextual()) {
            return new Credential.BearerToken(entry.get("registrytoken").asText());
        }
        if (entry.path("auth").isTextual() && !entry.get("auth").asText().isEmpty()) {
            return basic(origin, key, entry.get("auth").asText());
        }
        if (entry.path("username").isTextual() && entry.path("password").isTextual()) {
            return new Credential.Basic(
                    entry.get("username").asText(), entry.get("password").asText());
        }
        return null; // docker leaves an empty entry where a helper has the secret
    }

    private static Credential basic(String origin, String key, String auth) throws RegistryException {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credential.Basic(
                        pair.substring(0, colon), pair.substring(colon + 1).replaceFirst("\0+$", ""));
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw invalid(origin, "auths['" + key + "'].auth is not base64-encoded user:password; log in again");
    }

    private static RegistryException invalid(String origin, String fault) {
        return new RegistryException(ErrorKind.ACCESS_DENIED, origin + " is invalid: " + fault);
    }
}
