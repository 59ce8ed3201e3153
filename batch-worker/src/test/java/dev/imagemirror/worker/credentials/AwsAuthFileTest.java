package dev.imagemirror.worker.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingAws;
import dev.imagemirror.worker.LoginFile;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration that {@code CONTAINER_AUTH_PARAMETER} names, from an AWS that runs in this process. */
class AwsAuthFileTest {
    private static final String PARAMETER_ARN = "arn:aws:ssm:ap-south-1:123456789012:parameter/mirror/auth";
    private static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-2:123456789012:secret:mirror-AbCdEf";
    private static final String CONFIG =
            new LoginFile().user("registry.test", "joe", "geheim").json();

    @AutoClose
    private final TestingAws aws = TestingAws.start();

    private final SdkProperties properties = SdkProperties.of(aws);

    @AfterEach
    void forgetProperties() {
        properties.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/mirror/auth, eu-west-3",
        "mirror-auth, eu-west-3",
        "/aws/reference/secretsmanager/mirror, eu-west-3",
        PARAMETER_ARN + ", ap-south-1",
    })
    void readsAParameterDecryptedInItsRegion(String name, String region) throws Exception {
        aws.on("GetParameter", call -> parameter(CONFIG));

        assertThat(find(name)).isEqualTo(new Credential.Basic("joe", "geheim"));

        assertThat(aws.calls()).singleElement().satisfies(call -> {
            assertThat(call.scope()).isEqualTo(region + "/ssm");
            assertThat(call.input().path("Name").asText()).isEqualTo(name);
            assertThat(call.input().path("WithDecryption").asBoolean()).isTrue();
        });
    }

    @Test
    void readsASecretInItsRegion() throws Exception {
        aws.on("GetSecretValue", call -> secret("SecretString", CONFIG));

        assertThat(find(SECRET_ARN)).isEqualTo(new Credential.Basic("joe", "geheim"));

        assertThat(aws.calls()).singleElement().satisfies(call -> {
            assertThat(call.scope()).isEqualTo("us-east-2/secretsmanager");
            assertThat(call.input().path("SecretId").asText()).isEqualTo(SECRET_ARN);
        });
    }

    @Test
    void readsASecretOfBytes() throws Exception {
        String bytes = Base64.getEncoder().encodeToString(CONFIG.getBytes(StandardCharsets.UTF_8));
        aws.on("GetSecretValue", call -> secret("SecretBinary", bytes));

        assertThat(find(SECRET_ARN)).isEqualTo(new Credential.Basic("joe", "geheim"));
    }

    @Test
    void asksOnceForAllRegistries() throws Exception {
        aws.on("GetParameter", call -> parameter(CONFIG));

        try (Credentials credentials = credentials("/mirror/auth")) {
            assertThat(credentials.find("registry.test", "a")).isPresent();
            assertThat(credentials.find("registry.test", "b")).isPresent();
            assertThat(credentials.find("other.test", "a")).isEmpty();
        }

        assertThat(aws.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/mirror/auth, GetParameter, ParameterNotFound",
        SECRET_ARN + ", GetSecretValue, ResourceNotFoundException",
    })
    void namesWhatIsMissing(String name, String operation, String code) {
        aws.fail(operation, 400, code, "there is none");

        assertThatFails(() -> find(name), ErrorKind.ACCESS_DENIED)
                .hasMessageContainingAll("CONTAINER_AUTH_PARAMETER " + name, code, "there is none", "create it");
    }

    @ParameterizedTest
    @CsvSource({
        "/mirror/auth, GetParameter, ssm:GetParameter",
        SECRET_ARN + ", GetSecretValue, secretsmanager:GetSecretValue",
    })
    void namesThePermissionThatIsMissing(String name, String operation, String permission) {
        aws.fail(operation, 400, "AccessDeniedException", "not authorized");

        assertThatFails(() -> find(name), ErrorKind.ACCESS_DENIED)
                .hasMessageContainingAll("CONTAINER_AUTH_PARAMETER " + name, "not authorized", permission);
    }

    @Test
    void reportsThrottlingAsTemporary() {
        aws.fail("GetParameter", 400, "ThrottlingException", "slow down");

        assertThatFails(() -> find("/mirror/auth"), ErrorKind.TEMPORARY).hasMessageContaining("/mirror/auth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim", "[\"geheim\"]", "{\"auths\":{\"a.io\":{\"auth\":\"geheim!\"}}}", ""})
    void namesTheParameterWithInvalidContent(String content) {
        aws.on("GetParameter", call -> parameter(content));

        assertThatFails(() -> find("/mirror/auth"), ErrorKind.ACCESS_DENIED)
                .hasMessageContaining("CONTAINER_AUTH_PARAMETER /mirror/auth")
                .hasMessageNotContaining("geheim")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:s3:::bucket/key", "arn:aws:ssm"})
    void refusesOtherNamesWithoutACall(String name) {
        assertThatFails(() -> find(name), ErrorKind.ACCESS_DENIED)
                .hasMessageContainingAll("CONTAINER_AUTH_PARAMETER " + name, "neither");
        assertThat(aws.calls()).isEmpty();
    }

    private static AbstractThrowableAssert<?, ?> assertThatFails(ThrowingCallable call, ErrorKind kind) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        error -> assertThat(error.kind()).isEqualTo(kind));
    }

    private static Credential find(String name) throws RegistryException {
        try (Credentials credentials = credentials(name)) {
            return credentials.find("registry.test", "app").orElseThrow();
        }
    }

    private static Credentials credentials(String name) {
        return Credentials.fromEnvironment(Map.of("CONTAINER_AUTH_PARAMETER", name), Clock.systemUTC());
    }

    private static String parameter(String value) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject("Parameter").put("Type", "SecureString").put("Value", value);
        return answer.toString();
    }

    private static String secret(String field, String value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ARN", SECRET_ARN)
                .put(field, value)
                .toString();
    }
}
