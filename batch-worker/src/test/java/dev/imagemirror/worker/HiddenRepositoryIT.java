package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.TokenRequest;
import dev.imagemirror.testing.registry.Trait;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Destinations that deny reading what does not exist yet, as Quay and GHCR do. */
class HiddenRepositoryIT {
    private static final TokenAuth AUTH = TokenAuth.forService("svc").user("joe", "secret");
    private static final String HIDDEN = "UNKNOWN_REPOSITORIES_(UNAUTHORIZED|DENIED)";

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 2000, 1).storedIn(source, "app", "1");

    @AutoClose
    private final TestingRegistry destination =
            TestingRegistry.builder().tokenAuth(AUTH).start();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = HIDDEN)
    void receiveTheImage(Trait trait) throws Exception {
        destination.enable(trait);

        CommandRun run = mirror("secret");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(destination, "new/app", "1")).isEmpty();
        assertThat(destination.tokenRequests())
                .extracting(TokenRequest::scopes)
                .containsOnly(List.of("repository:new/app:pull,push"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = HIDDEN)
    void areEqualAfterwards(Trait trait) throws Exception {
        destination.enable(trait);
        mirror("secret");
        destination.clearRequests();

        CommandRun run = mirror("secret");

        assertThat(run.destination(0).path("outcome").asText()).isEqualToIgnoringCase("present");
        assertThat(destination.requests("*", "/v2/.*"))
                .extracting(RecordedRequest::method)
                .containsOnly("HEAD");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = HIDDEN)
    void areAccessDeniedWhereThePushIsToo(Trait trait) throws Exception {
        destination.enable(trait);
        destination.enable(Trait.WRITES_DENIED);

        assertDenied(mirror("secret"));
        assertThat(source.requests("GET", ".*/blobs/.*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = HIDDEN)
    void areAccessDeniedInADryRunWhichPushesNothing(Trait trait) throws Exception {
        destination.enable(trait);

        assertDenied(mirror("secret", "--dry-run"));
    }

    @Test
    void areNotThoseWhoseTokenEndpointRefusesThePassword() throws Exception {
        CommandRun run = mirror("wrong");

        assertDenied(run);
        assertThat(run.destination(0).path("error").asText()).contains("answered 401 (UNAUTHORIZED)");
        assertThat(destination.tokenRequests()).hasSize(1);
    }

    @Test
    void areAskedOnlyOnceWhenAccessIsDenied() throws Exception {
        destination.fault(Fault.on("*", "/v2/.*").always().then(Faults.status(403)));

        assertDenied(mirror("secret"));
        assertThat(destination.requests("HEAD", "/v2/.*")).hasSize(1);
    }

    private CommandRun mirror(String password, String... options) throws Exception {
        Map<String, String> environment =
                new LoginFile().user(destination.authority(), "joe", password).in(directory);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(source.reference("app", "1"));
        arguments.add(destination.reference("new/app", "1"));
        return CommandRun.with(environment, arguments.toArray(String[]::new));
    }

    private void assertDenied(CommandRun run) {
        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("reason").asText()).isEqualTo("AccessDenied");
        assertThat(destination.requests("PUT", ".*")).isEmpty();
    }
}
