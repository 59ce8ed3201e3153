package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** A docker {@code config.json} in the making; from one thread. */
public final class LoginFile {
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    /** A login by user and password under this key of {@code auths}. */
    public LoginFile user(String key, String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        root.withObjectProperty("auths").putObject(key).put("auth", pair);
        return this;
    }

    /** A login by identity token under this key of {@code auths}. */
    public LoginFile identityToken(String key, String token) {
        root.withObjectProperty("auths").putObject(key).put("auth", "").put("identitytoken", token);
        return this;
    }

    /** A bearer token to send as it is. */
    public LoginFile registryToken(String key, String token) {
        root.withObjectProperty("auths").putObject(key).put("registrytoken", token);
        return this;
    }

    /** The helper of one registry. */
    public LoginFile helper(String registry, String name) {
        root.withObjectProperty("credHelpers").put(registry, name);
        return this;
    }

    /** The helper of all registries. */
    public LoginFile store(String name) {
        root.put("credsStore", name);
        return this;
    }

    /** The file's content. */
    public String json() {
        return root.toString();
    }

    /** Writes the file into the directory and gives the environment that names it. */
    public Map<String, String> in(Path directory) throws IOException {
        Files.writeString(directory.resolve("config.json"), json());
        return Map.of("DOCKER_CONFIG", directory.toString());
    }
}
