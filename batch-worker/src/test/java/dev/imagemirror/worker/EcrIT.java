package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.TestingAws;
import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.TokenRequest;
import dev.imagemirror.worker.credentials.SdkProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images from and to ECR by its real host names, which a proxy leads to registries in this process. */
class EcrIT {
    private static final String PRIVATE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String PUBLIC = "public.ecr.aws";
    private static final TestingTls TLS = TestingTls.create(PRIVATE, PUBLIC);

    private final AtomicReference<String> token = new AtomicReference<>("token-1");

    @AutoClose
    private final TestingAws aws = TestingAws.start().on("GetAuthorizationToken", call -> answer(call.scope()));

    private final SdkProperties properties = SdkProperties.of(aws);

    @AutoClose
    private final TestingRegistry ecr =
            TestingRegistry.builder().tls(TLS).ecr("token-1").start();

    @AutoClose
    private final TestingRegistry gallery = TestingRegistry.builder()
            .tls(TLS)
            .tokenAuth(TokenAuth.forService("public.ecr.aws")
                    .user("AWS", "token-1")
                    .with(TokenAuth.Option.ANONYMOUS_PULL))
            .start();

    @AutoClose
    private final TestingRegistry other = TestingRegistry.start();

    private final TestingImage image =
            TestingImages.multiPlatform(LayerKind.GZIP, 2, 3, 2000, 1).storedIn(other, "app", "1");

    @AutoClose
    private final TestingProxy proxy =
            TestingProxy.start().route(PRIVATE + ":443", ecr.authority()).route(PUBLIC + ":443", gallery.authority());

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path directory;

    @AfterEach
    void forgetProperties() {
        properties.close();
    }

    @BeforeEach
    void fill() throws IOException {
        image.putInto(gallery, "team/app", "1");
        ecr.content().createRepository("app");
        environment.put("HTTPS_PROXY", proxy.url());
        environment.put("MIRROR_CA_FILES", TLS.writeCaPem(directory).toString());
    }

    @Test
    void logsInOnceForAllRequests() {
        CommandRun run = CommandRun.with(environment, other.reference("app", "1"), PRIVATE + "/app");

        assertCopied(run, ecr, "app");
        assertThat(aws.calls()).hasSize(1);
        assertThat(ecr.requests())
                .hasSizeGreaterThan(10)
                .filteredOn(request -> request.status() == 401)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, /v2/app/blobs/.+",
        "POST, /v2/app/blobs/uploads/",
        "PUT, /v2/app/blobs/uploads/.+",
        "PUT, /v2/app/manifests/.+",
    })
    void renewsATokenThatExpiresMidCopyOnce(String method, String path) {
        ecr.fault(Fault.on(method, path).skip(1).then(Faults.run(() -> {
            token.set("token-2");
            ecr.rotateEcrToken("token-2");
        })));

        CommandRun run = CommandRun.with(environment, other.reference("app", "1"), PRIVATE + "/app");

        assertCopied(run, ecr, "app");
        assertThat(ecr.requests()).anyMatch(request -> request.status() == 403);
        assertThat(aws.calls()).hasSize(2);
    }

    @Test
    void says77WhenAFreshTokenIsRefusedToo() {
        ecr.rotateEcrToken("token-2");

        CommandRun run = CommandRun.with(environment, other.reference("app", "1"), PRIVATE + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText())
                .contains(PRIVATE + "/app:1", "403")
                .doesNotContain("token-1");
        assertThat(aws.calls()).hasSize(2);
    }

    @Test
    void pullsFromThePublicGalleryWithATokenOfTheAccount() {
        CommandRun run = CommandRun.with(environment, PUBLIC + "/team/app:1", other.authority() + "/copy");

        assertCopied(run, other, "copy");
        assertThat(aws.calls()).extracting(TestingAws.Call::scope).containsExactly("us-east-1/ecr-public");
        assertThat(gallery.tokenRequests()).extracting(TokenRequest::user).containsExactly("AWS");
    }

    @Test
    void pullsFromThePublicGalleryAnonymouslyWithoutAnAccount() throws Exception {
        CommandRun run =
                MirrorProcess.run(directory, withoutAccount(), PUBLIC + "/team/app:1", other.authority() + "/copy");

        assertCopied(run, other, "copy");
        assertThat(gallery.tokenRequests()).extracting(TokenRequest::user).containsExactly("");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void saysThatAPrivateRegistryNeedsAnAccount() throws Exception {
        CommandRun run = MirrorProcess.run(directory, withoutAccount(), other.reference("app", "1"), PRIVATE + "/app");

        assertThat(run.exit()).as(run.err()).isEqualTo(77);
        assertThat(run.destination(0).path("error").asText()).contains("no AWS credentials", PRIVATE, "role");
    }

    /** What the SDK's standard chain finds nothing in. */
    private Map<String, String> withoutAccount() {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("AWS_ENDPOINT_URL", aws.url());
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        variables.put("AWS_CONFIG_FILE", directory.resolve("none").toString());
        variables.put("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("none").toString());
        return variables;
    }

    private void assertCopied(CommandRun run, TestingRegistry registry, String repository) {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(image.differences(registry, repository, "1")).isEmpty();
    }

    /** ECR answers a list, ECR Public a single one. */
    private String answer(String scope) {
        String pair = Base64.getEncoder().encodeToString(("AWS:" + token.get()).getBytes(UTF_8));
        String data = "{\"authorizationToken\":\"%s\",\"expiresAt\":4102444800}".formatted(pair);
        return "{\"authorizationData\":" + (scope.endsWith("/ecr") ? "[" + data + "]" : data) + "}";
    }
}
