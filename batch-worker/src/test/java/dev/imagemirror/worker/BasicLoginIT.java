package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that want user and password with each request. */
class BasicLoginIT {
    @AutoClose
    private final TestingRegistry source =
            TestingRegistry.builder().basicAuth("reader", "pull me").start();

    private final TestingImage image = TestingImages.small(1).storedIn(source, "app", "1");

    @AutoClose
    private final TestingRegistry destination =
            TestingRegistry.builder().basicAuth("writer", "push:me:é").start();

    @TempDir
    Path directory;

    @Test
    void givesEachRegistryItsOwnCredential() throws Exception {
        CommandRun run = mirror(logins());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(destination, "app", "1")).isEmpty();
        assertThat(authorizations(source)).hasSize(2);
        assertThat(authorizations(destination))
                .hasSize(2)
                .filteredOn(authorizations(source)::contains)
                .containsExactly("none");
    }

    @Test
    void sendsNoCredentialBeforeTheRegistryAsksAndAlwaysAfter() throws Exception {
        mirror(logins());

        for (TestingRegistry registry : List.of(source, destination)) {
            assertThat(registry.requests().get(0).headers().has("Authorization"))
                    .isFalse();
            assertThat(registry.requests())
                    .filteredOn(request -> request.status() == 401)
                    .hasSize(1);
            assertThat(registry.requests().stream().skip(1))
                    .isNotEmpty()
                    .allMatch(request -> request.headers().has("Authorization"));
        }
    }

    @Test
    void keepsACredentialFromARegistryThatItIsNotFor() throws Exception {
        CommandRun run = mirror(new LoginFile().user(source.authority(), "reader", "pull me"));

        assertThat(run.exit()).isEqualTo(77);
        assertThat(source.requests()).anyMatch(request -> request.headers().has("Authorization"));
        assertThat(destination.requests())
                .isNotEmpty()
                .noneMatch(request -> request.headers().has("Authorization"));
    }

    @Test
    void saysWhichRegistryRefusesThePasswordWhileOthersGetTheImage() throws Exception {
        try (TestingRegistry open = TestingRegistry.start()) {
            LoginFile logins = new LoginFile()
                    .user(source.authority(), "reader", "pull me")
                    .user(destination.authority(), "writer", "wrong");

            CommandRun run = CommandRun.with(
                    logins.in(directory),
                    source.reference("app", "1"),
                    destination.authority() + "/app",
                    open.authority() + "/app");

            assertThat(run.exit()).as(run.err()).isEqualTo(77);
            assertThat(run.destination(0).path("reason").asText()).isEqualTo("AccessDenied");
            assertThat(run.destination(0).path("error").asText())
                    .contains(destination.reference("app", "1"), "401", "provide valid credentials");
            assertThat(image.differences(open, "app", "1")).isEmpty();
        }
    }

    private LoginFile logins() {
        return new LoginFile()
                .user(source.authority(), "reader", "pull me")
                .user(destination.authority(), "writer", "push:me:é");
    }

    private CommandRun mirror(LoginFile logins) throws Exception {
        return CommandRun.with(logins.in(directory), source.reference("app", "1"), destination.authority() + "/app");
    }

    private static List<String> authorizations(TestingRegistry registry) {
        return registry.requests().stream()
                .map(RecordedRequest::headers)
                .map(headers -> headers.first("Authorization").orElse("none"))
                .distinct()
                .toList();
    }
}
