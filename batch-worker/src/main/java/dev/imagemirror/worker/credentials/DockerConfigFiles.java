package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration file as docker and the containers tools do (containers-auth.json(5)):
 * {@code $REGISTRY_AUTH_FILE}, else {@code $DOCKER_CONFIG/config.json}, else
 * {@code $XDG_RUNTIME_DIR/containers/auth.json}, else {@code ~/.docker/config.json}.
 */
final class DockerConfigFiles {
    private DockerConfigFiles() {}

    static DockerConfig read(Map<String, String> environment, CredentialHelper helpers) throws RegistryException {
        Path named = named(environment);
        if (named != null) {
            if (!Files.exists(named) && environment.containsKey("REGISTRY_AUTH_FILE")) {
                throw new RegistryException(
                        ErrorKind.ACCESS_DENIED, "REGISTRY_AUTH_FILE refers to " + named + ", which does not exist");
            }
            return Files.exists(named) ? parse(named, helpers) : DockerConfig.EMPTY;
        }
        for (Path usual : usual(environment)) {
            if (Files.exists(usual)) {
                return parse(usual, helpers);
            }
        }
        return DockerConfig.EMPTY;
    }

    private static @Nullable Path named(Map<String, String> environment) {
        String file = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!file.isEmpty()) {
            return Path.of(file);
        }
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return directory.isEmpty() ? null : Path.of(directory, "config.json");
    }

    private static List<Path> usual(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            files.add(Path.of(runtime, "containers", "auth.json"));
        }
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            files.add(Path.of(home, ".docker", "config.json"));
        }
        return files;
    }

    private static DockerConfig parse(Path file, CredentialHelper helpers) throws RegistryException {
        try {
            return DockerConfig.parse(file.toString(), Files.readAllBytes(file), helpers);
        } catch (IOException e) {
            if (e instanceof RegistryException typed) {
                throw typed;
            }
            throw new RegistryException(ErrorKind.ACCESS_DENIED, file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
