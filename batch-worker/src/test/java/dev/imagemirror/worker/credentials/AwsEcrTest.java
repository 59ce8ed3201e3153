package dev.imagemirror.worker.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingAws;
import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.worker.LoginFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for ECR from an AWS that runs in this process, and whose turn they are among all credentials. */
class AwsEcrTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String PUBLIC = "public.ecr.aws";
    private static final String GET_TOKEN = "GetAuthorizationToken";
    private static final String IN_2100 = "4102444800";

    @AutoClose
    private final TestingAws aws = TestingAws.start();

    @AutoClose
    private final SdkProperties properties = SdkProperties.of(aws);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        HOST + ", eu-central-1",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com, us-gov-west-1",
    })
    void logsInToThePrivateRegistryOfARegion(String host, String region) throws Exception {
        aws.on(GET_TOKEN, call -> privateAnswer("AWS:to:ken"));

        assertThat(find(Map.of(), host)).contains(new Credential.Basic("AWS", "to:ken"));

        assertThat(aws.calls()).extracting(TestingAws.Call::scope).containsExactly(region + "/ecr");
    }

    @ParameterizedTest
    @CsvSource({
        HOST + ", ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, ecr-fips.us-gov-west-1.amazonaws.com",
        "123456789012.dkr-ecr.us-west-2.on.aws, ecr.us-west-2.api.aws",
        PUBLIC + ", ecr-public.us-east-1.amazonaws.com",
    })
    void asksTheEndpointThatFollowsFromTheHost(String host, String endpoint) {
        try (TestingProxy refusing = TestingProxy.start("nobody", "ever")) {
            properties
                    .set("aws.endpointUrl", null)
                    .set("https.proxyHost", "127.0.0.1")
                    .set("https.proxyPort", Integer.toString(refusing.port()));

            assertThatThrownBy(() -> find(Map.of(), host)).isInstanceOf(RegistryException.class);

            assertThat(refusing.requests())
                    .isNotEmpty()
                    .extracting(request -> request.path().replaceFirst("^api[.]", ""))
                    .containsOnly(endpoint + ":443");
        }
    }

    @Test
    void logsInToThePublicGalleryByItsOnlyRegion() throws Exception {
        aws.on(GET_TOKEN, call -> publicAnswer("AWS:token"));

        assertThat(find(Map.of(), PUBLIC)).contains(new Credential.Basic("AWS", "token"));

        assertThat(aws.calls()).extracting(TestingAws.Call::scope).containsExactly("us-east-1/ecr-public");
    }

    @Test
    void readsThePublicGalleryAnonymouslyWithoutARightToATokenOfIt() throws Exception {
        aws.fail(GET_TOKEN, 400, "AccessDeniedException", "not authorized");

        assertThat(find(Map.of(), PUBLIC)).isEmpty();
    }

    @Test
    void doesNotFallBackToAnonymousReadsDuringAnAwsOutage() {
        aws.fail(GET_TOKEN, 503, "ServiceUnavailable", "later");

        assertFails(PUBLIC, ErrorKind.TEMPORARY, PUBLIC, "later");
    }

    @Test
    void namesThePermissionThatIsMissing() {
        aws.fail(GET_TOKEN, 400, "AccessDeniedException", "not authorized");

        assertFails(HOST, ErrorKind.ACCESS_DENIED, HOST, "not authorized", "ecr:GetAuthorizationToken");
    }

    @Test
    void reportsThrottlingAsTemporary() {
        aws.fail(GET_TOKEN, 400, "ThrottlingException", "slow down");

        assertFails(HOST, ErrorKind.TEMPORARY, HOST, "slow down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", ":geheim"})
    void saysThatATokenIsNoLoginWithoutQuotingIt(String pair) {
        aws.on(GET_TOKEN, call -> privateAnswer(pair));

        assertFails(HOST, ErrorKind.TEMPORARY, "malformed token");
    }

    @Test
    void prefersALoginOfTheConfigurationFile() throws Exception {
        aws.on(GET_TOKEN, call -> privateAnswer("AWS:token"));

        assertThat(find(new LoginFile().user(HOST, "joe", "pw").in(directory), HOST))
                .contains(new Credential.Basic("joe", "pw"));

        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void prefersTheConfigurationInAwsToTheFile() throws Exception {
        String config = new LoginFile().user("a.io", "jim", "pw").json();
        aws.on("GetParameter", call -> "{\"Parameter\":{\"Value\":\"%s\"}}".formatted(config.replace("\"", "\\\"")));
        Map<String, String> file = new LoginFile()
                .user("a.io", "joe", "pw")
                .user("b.io", "joe", "pw")
                .in(directory);
        Map<String, String> both =
                Map.of("DOCKER_CONFIG", file.get("DOCKER_CONFIG"), "CONTAINER_AUTH_PARAMETER", "/mirror/auth");

        assertThat(find(both, "a.io")).contains(new Credential.Basic("jim", "pw"));
        assertThat(find(both, "b.io")).contains(new Credential.Basic("joe", "pw"));
    }

    @Test
    void asksAwsForNothingThatIsNotOfEcr() throws Exception {
        for (String host : new String[] {"docker.io", "ecr.aws", "evil.test", HOST + ".evil.test"}) {
            assertThat(find(Map.of(), host)).isEmpty();
        }

        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void assumesTheRoleOfARegistryAndKeepsItsTokenApart() throws Exception {
        String role = "arn:aws:iam::210987654321:role/mirror";
        String other = "210987654321.dkr.ecr.eu-central-1.amazonaws.com";
        aws.on("AssumeRole", call -> """
            <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId>\
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>\
            <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>\
            """);
        aws.on(GET_TOKEN, call -> privateAnswer("AWS:of-" + aws.calls().size()));
        EcrRoles roles = EcrRoles.parse(other + "=" + role);
        try (Credentials credentials = Credentials.of(Map.of(), roles, Clock.systemUTC())) {
            Optional<Credential> own = credentials.find(HOST, "app");
            Optional<Credential> assumed = credentials.find(other, "app");
            assertThat(assumed).isPresent().isNotEqualTo(own);
            assertThat(credentials.find(other, "other")).isEqualTo(assumed);
        }
        assertThat(aws.calls())
                .extracting(TestingAws.Call::operation)
                .containsExactly(GET_TOKEN, "AssumeRole", GET_TOKEN);
        assertThat(aws.calls().get(1).input().path("RoleArn").asText()).isEqualTo(role);
        assertThat(aws.calls())
                .extracting(TestingAws.Call::key)
                .containsExactly("AKIDEXAMPLE", "AKIDEXAMPLE", "AKIDROLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "=",
                "quay.io=arn:aws:iam::210987654321:role/mirror",
                HOST + "=mirror",
                HOST + "=arn:aws:iam::210987654321:user/mirror",
                HOST + "=arn:aws:iam::210987654321:role/a," + HOST + "=arn:aws:iam::210987654321:role/b"
            })
    void rejectsInvalidRoles(String text) {
        assertThatThrownBy(() -> EcrRoles.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFails(String host, ErrorKind kind, String... words) {
        assertThatThrownBy(() -> find(Map.of(), host))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        error -> assertThat(error.kind()).isEqualTo(kind))
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("geheim");
    }

    private static Optional<Credential> find(Map<String, String> environment, String registry)
            throws RegistryException {
        try (Credentials credentials = Credentials.fromEnvironment(environment, Clock.systemUTC())) {
            return credentials.find(registry, "app");
        }
    }

    private static String privateAnswer(String pair) {
        return "{\"authorizationData\":[" + data(pair) + "]}";
    }

    private static String publicAnswer(String pair) {
        return "{\"authorizationData\":" + data(pair) + "}";
    }

    private static String data(String pair) {
        return "{\"authorizationToken\":\"%s\",\"expiresAt\":%s}"
                .formatted(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)), IN_2100);
    }
}
