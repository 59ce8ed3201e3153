package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors of a registry, such as a pull-through cache: read first, never written. */
class RegistryMirrorIT {
    @AutoClose
    private final TestingRegistry origin = TestingRegistry.start();

    private final TestingImage image = TestingImages.small(1).storedIn(origin, "team/app", "1");

    @AutoClose
    private final TestingRegistry mirror = TestingRegistry.start();

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @TempDir
    Path directory;

    @Test
    void readsEverythingFromTheMirror() {
        image.putInto(mirror, "cache/team/app", "1");

        assertCopied(mirrored());

        assertThat(origin.requests()).isEmpty();
        assertThat(mirror.requests("GET", "/v2/cache/team/app/blobs/.+")).hasSize(2);
    }

    @Test
    void readsDockerHubsImagesFromItsMirror() {
        image.putInto(mirror, "library/golang", "1.17");

        CommandRun run = CommandRun.with(
                Map.of("MIRROR_REGISTRY_MIRRORS", "docker.io=" + mirror.authority()),
                "golang:1.17",
                destination.authority() + "/copy:1");

        assertCopied(run);
    }

    @Test
    void asksTheRegistryForAnImageThatTheMirrorLacks() {
        assertCopied(mirrored());

        assertThat(mirror.requests()).isNotEmpty();
        assertThat(mirror.requests().get(0).status()).isEqualTo(404);
    }

    @Test
    void asksTheRegistryForABlobThatTheMirrorLacks() {
        image.putInto(mirror, "cache/team/app", "1");
        String lacking = image.blobs().get(0).digest();
        mirror.content().delete("cache/team/app", lacking);

        assertCopied(mirrored());

        assertThat(origin.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).endsWith(lacking));
    }

    @Test
    void asksTheRegistryWhereTheMirrorRefuses() {
        image.putInto(mirror, "cache/team/app", "1");
        mirror.fault(Fault.on("*", ".*").always().then(Faults.status(403)));

        assertCopied(mirrored());
    }

    @Test
    void asksTheNextMirrorBeforeTheRegistry() {
        try (TestingRegistry second = TestingRegistry.start()) {
            image.putInto(second, "team/app", "1");

            assertCopied(mirrored("--registry-mirror=" + origin.authority() + "=" + second.authority()));

            assertThat(mirror.requests()).isNotEmpty();
            assertThat(origin.requests()).isEmpty();
        }
    }

    @Test
    void saysWhatTheRegistryItselfAnswers() {
        CommandRun run = CommandRun.of(option(), origin.reference("team/app", "none"), destination.authority() + "/x");

        assertThat(run.exit()).isEqualTo(66);
        assertThat(run.destination(0).path("error").asText()).contains(origin.reference("team/app", "none"));
    }

    @Test
    void writesToTheRegistryItselfWithoutAskingItsMirror() {
        try (TestingRegistry source = TestingRegistry.start()) {
            image.putInto(source, "app", "1");

            CommandRun run = CommandRun.of(option(), source.reference("app", "1"), origin.authority() + "/copy");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(image.differences(origin, "copy", "1")).isEmpty();
            assertThat(mirror.requests()).isEmpty();
        }
    }

    @Test
    void givesTheMirrorItsOwnCredentialAndNotTheRegistrys() throws Exception {
        try (TestingRegistry guarded =
                TestingRegistry.builder().basicAuth("joe", "mirrors").start()) {
            image.putInto(guarded, "team/app", "1");
            LoginFile logins = new LoginFile().user(origin.authority(), "joe", "origins");
            String option = "--registry-mirror=" + origin.authority() + "=" + guarded.authority();
            String[] arguments = {option, origin.reference("team/app", "1"), destination.authority() + "/copy"};

            assertCopied(CommandRun.with(logins.in(directory), arguments));
            assertThat(guarded.requests())
                    .isNotEmpty()
                    .noneMatch(request -> request.headers().has("Authorization"));

            origin.clearRequests();
            destination.content().delete("copy", "1");
            logins.user(guarded.authority(), "joe", "mirrors");
            assertCopied(CommandRun.with(logins.in(directory), arguments));
            assertThat(origin.requests()).isEmpty();
        }
    }

    private String option() {
        return "--registry-mirror=" + origin.authority() + "=" + mirror.authority() + "/cache";
    }

    private CommandRun mirrored(String... further) {
        String[] arguments = new String[further.length + 3];
        arguments[0] = option();
        System.arraycopy(further, 0, arguments, 1, further.length);
        arguments[further.length + 1] = origin.reference("team/app", "1");
        arguments[further.length + 2] = destination.authority() + "/copy";
        return CommandRun.of(arguments);
    }

    private void assertCopied(CommandRun run) {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(destination, "copy", "1")).isEmpty();
    }
}
