package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.TokenRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Registries that want Bearer tokens: which are asked for, how often, and what for. */
class TokenLoginIT {
    private static final String PULL = "repository:team/app:pull";
    private static final String PUSH = "repository:copy/app:pull,push";
    private static final TokenAuth AUTH = TokenAuth.forService("svc").user("joe", "secret");

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, 2000, 1);
    private final List<TestingRegistry> registries = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        registries.forEach(TestingRegistry::close);
    }

    @Test
    void asksForOneTokenARepositoryAndAction() throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);

        assertCopied(login(source, destination), source, destination);

        assertThat(source.tokenRequests()).singleElement().satisfies(request -> {
            assertThat(request.scopes()).containsExactly(PULL);
            assertThat(request.service()).isEqualTo("svc");
            assertThat(request.user()).isEqualTo("joe");
        });
        assertThat(destination.tokenRequests()).extracting(TokenRequest::scopes).containsExactly(List.of(PUSH));
    }

    @Test
    void sendsThePasswordToTheTokenEndpointAlone() throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);

        assertCopied(login(source, destination), source, destination);

        for (TestingRegistry registry : registries) {
            assertThat(registry.requests("GET", "/token"))
                    .isNotEmpty()
                    .allMatch(request -> authorization(request).startsWith("Basic "));
            assertThat(registry.requests("*", "/v2/.*"))
                    .isNotEmpty()
                    .noneMatch(request -> authorization(request).startsWith("Basic "));
        }
    }

    @Test
    void readsPublicImagesWithoutACredential() throws Exception {
        TestingRegistry source = sourceWith(AUTH.with(TokenAuth.Option.ANONYMOUS_PULL));
        TestingRegistry destination = registryWith(TokenAuth.forService("svc"));

        assertCopied(Map.of(), source, destination);

        assertThat(source.tokenRequests())
                .singleElement()
                .extracting(TokenRequest::user)
                .isEqualTo("");
    }

    @Test
    void tradesAnIdentityTokenByPost() throws Exception {
        TestingRegistry source = sourceWith(AUTH.identityToken("refresh+me/now="));
        TestingRegistry destination = TestingRegistry.start();
        registries.add(destination);

        assertCopied(
                new LoginFile()
                        .identityToken(source.authority(), "refresh+me/now=")
                        .in(directory),
                source,
                destination);

        assertThat(source.tokenRequests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.grantType()).isEqualTo("refresh_token");
            assertThat(request.service()).isEqualTo("svc");
            assertThat(request.scopes()).containsExactly(PULL);
        });
    }

    @ParameterizedTest
    @EnumSource(TokenAuth.Option.class)
    void takesWhatTokenServersAnswerAndHowTheyChallenge(TokenAuth.Option option) throws Exception {
        TestingRegistry source = sourceWith(AUTH.with(option));
        TestingRegistry destination = registryWith(AUTH.with(option));

        assertCopied(login(source, destination), source, destination);

        assertThat(source.tokenRequests()).hasSize(1);
    }

    @Test
    void asksForPullOnTheRepositoryThatItMountsFrom() throws Exception {
        TestingRegistry source = sourceWith(AUTH);

        CommandRun run = CommandRun.with(
                login(source),
                "--blobs-at-once=1",
                source.reference("team/app", "1"),
                source.authority() + "/copy/app:1");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(source, "copy/app", "1")).isEmpty();
        assertThat(source.requests("POST", "/v2/copy/app/blobs/uploads/"))
                .filteredOn(request -> request.status() == 201)
                .hasSize(image.blobs().size());
        assertThat(source.tokenRequests())
                .extracting(TokenRequest::scopes)
                .contains(List.of(PUSH, PULL))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/team/app/blobs/.+",
        "GET, /v2/team/app/manifests/.+",
    })
    void renewsATokenThatTheSourceTakesNoMore(String method, String path) throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);
        source.fault(on(method, path).skip(1).then(Faults.run(source::revokeTokens)));

        assertCopied(login(source, destination), source, destination);

        assertThat(source.tokenRequests())
                .hasSize(2)
                .extracting(TokenRequest::scopes)
                .containsOnly(List.of(PULL));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/copy/app/blobs/uploads/",
        "PUT, /v2/copy/app/blobs/uploads/.+",
        "PUT, /v2/copy/app/manifests/.+",
    })
    void renewsATokenThatTheDestinationTakesNoMore(String method, String path) throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);
        destination.fault(on(method, path).skip(1).then(Faults.run(destination::revokeTokens)));

        assertCopied(login(source, destination), source, destination);

        assertThat(destination.tokenRequests().stream()
                        .map(TokenRequest::scopes)
                        .filter(List.of(PUSH)::equals))
                .hasSizeGreaterThan(1);
    }

    @Test
    void givesUpOnARegistryThatRefusesEveryToken() throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);
        destination.fault(on("*", "/v2/.*").always().then(Faults.run(destination::revokeTokens)));

        CommandRun run = mirror(login(source, destination), source, destination);

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        // two for the HEAD, whose denial may mean a repository to come, and two for each of three uploads at once
        assertThat(destination.tokenRequests()).hasSizeBetween(1, 8);
    }

    @Test
    void saysThatTheTokenEndpointRefusesThePassword() throws Exception {
        TestingRegistry source = sourceWith(AUTH);
        TestingRegistry destination = registryWith(AUTH);
        LoginFile logins =
                new LoginFile().user(source.authority(), "joe", "wrong").user(destination.authority(), "joe", "secret");

        CommandRun run = mirror(logins.in(directory), source, destination);

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText())
                .contains("token endpoint of " + source.authority(), PULL, "401 (UNAUTHORIZED)")
                .doesNotContain("incorrect username or password");
    }

    private TestingRegistry registryWith(TokenAuth auth) {
        TestingRegistry registry = TestingRegistry.builder().tokenAuth(auth).start();
        registries.add(registry);
        return registry;
    }

    private TestingRegistry sourceWith(TokenAuth auth) {
        TestingRegistry source = registryWith(auth);
        image.putInto(source, "team/app", "1");
        return source;
    }

    private Map<String, String> login(TestingRegistry... all) throws Exception {
        LoginFile logins = new LoginFile();
        for (TestingRegistry registry : all) {
            logins.user(registry.authority(), "joe", "secret");
        }
        return logins.in(directory);
    }

    private void assertCopied(Map<String, String> environment, TestingRegistry source, TestingRegistry destination) {
        CommandRun run = mirror(environment, source, destination);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(destination, "copy/app", "1")).isEmpty();
    }

    private static CommandRun mirror(
            Map<String, String> environment, TestingRegistry source, TestingRegistry destination) {
        return CommandRun.with(environment, source.reference("team/app", "1"), destination.authority() + "/copy/app");
    }

    private static FaultMatch on(String method, String path) {
        return new FaultMatch(method, Pattern.compile(path), 0, 1);
    }

    private static String authorization(RecordedRequest request) {
        return request.headers().first("Authorization").orElse("");
    }
}
