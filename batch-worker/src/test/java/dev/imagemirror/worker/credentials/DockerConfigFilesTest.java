package dev.imagemirror.worker.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.worker.LoginFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigFilesTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void writeAll() throws IOException {
        write("named.json", "named");
        write("docker/config.json", "docker");
        write("run/containers/auth.json", "run");
        write("home/.docker/config.json", "home");
        environment.put("REGISTRY_AUTH_FILE", directory.resolve("named.json").toString());
        environment.put("DOCKER_CONFIG", directory.resolve("docker").toString());
        environment.put("XDG_RUNTIME_DIR", directory.resolve("run").toString());
        environment.put("HOME", directory.resolve("home").toString());
    }

    @Test
    void readsTheFirstFileThatThereIs() throws Exception {
        assertThat(user()).isEqualTo("named");
        environment.remove("REGISTRY_AUTH_FILE");
        assertThat(user()).isEqualTo("docker");
        environment.put("DOCKER_CONFIG", "");
        assertThat(user()).isEqualTo("run");
        Files.delete(directory.resolve("run/containers/auth.json"));
        assertThat(user()).isEqualTo("home");
        Files.delete(directory.resolve("home/.docker/config.json"));
        assertThat(user()).isEqualTo("none");
        environment.clear();
        assertThat(user()).isEqualTo("none");
    }

    @Test
    void takesADirectoryWithoutAFileForNoLogins() throws Exception {
        environment.remove("REGISTRY_AUTH_FILE");
        Files.delete(directory.resolve("docker/config.json"));

        assertThat(user()).isEqualTo("none");
    }

    @Test
    void saysThatTheNamedFileIsMissing() throws Exception {
        Files.delete(directory.resolve("named.json"));

        assertFails("REGISTRY_AUTH_FILE", "named.json", "does not exist");
    }

    @Test
    void namesTheFileThatIsMalformed() throws Exception {
        environment.remove("REGISTRY_AUTH_FILE");
        Files.writeString(directory.resolve("docker/config.json"), "{\"auths\":");

        assertFails(directory.resolve("docker/config.json").toString(), "JSON");
    }

    @Test
    void namesTheFileThatCannotBeRead() throws Exception {
        Files.delete(directory.resolve("named.json"));
        Files.createDirectory(directory.resolve("named.json"));

        assertFails(directory.resolve("named.json").toString(), "cannot be read");
    }

    private void assertFails(String... words) {
        assertThatThrownBy(this::user)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED))
                .hasMessageContainingAll(words);
    }

    private String user() throws RegistryException {
        return DockerConfigFiles.read(environment, new CredentialHelper(Map.of()))
                .find("a.io", "app")
                .map(credential -> ((Credential.Basic) credential).user())
                .orElse("none");
    }

    private void write(String file, String user) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, new LoginFile().user("a.io", user, "pw").json());
    }
}
