package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token endpoints that fail or answer with what is no token. */
class TokenFaultIT {
    private static final String NAME = "team/app";
    private static final String SECRET = "eyJhbGciOiJSUzI1NiJ9-Geheim-4711";
    private static final int ATTEMPTS = 4;

    @AutoClose
    private final TestingRegistry registry =
            TestingRegistry.builder().tokenAuth(TokenAuth.forService("svc")).start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(ATTEMPTS);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1).storedIn(registry, NAME, "1");

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "{\"token\":" + SECRET + "}", "{\"token\":\"" + SECRET, "[\"" + SECRET + "\"]"})
    void showNothingOfAnAnswerThatCannotBeRead(String body) {
        registry.fault(Fault.on("GET", "/token").always().then(Faults.answer(Response.text(200, "text/plain", body))));

        RegistryException error = fails();

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error).hasMessageContaining("token endpoint of " + registry.authority());
        assertThat(allOf(error)).doesNotContain(SECRET).doesNotContain("eyJhbGci");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "", "{}", "{\"token\":\"\"}", "{\"token\":\"a b\"}", "{\"errors\":[]}"})
    void areAskedOnceWhereTheyAnswerWithoutAToken(String body) {
        registry.fault(
                Fault.on("GET", "/token").always().then(Faults.answer(Response.text(200, "application/json", body))));

        assertThat(fails().kind()).isEqualTo(ErrorKind.TEMPORARY);

        assertThat(registry.requests("GET", "/token")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'token':'','access_token':'%s'}",
                "{'token':null,'access_token':'%s'}",
                "{'token':5,'access_token':'%s'}",
                "{'token':{},'access_token':'%s'}",
                "{'token':'%s','access_token':''}"
            })
    void mayLeaveOneOfTwoFieldsEmpty(String body) throws Exception {
        String token = "abc";
        registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.answer(Response.text(
                        200, "application/json", body.replace('\'', '"').formatted(token)))));
        fails();

        assertThat(registry.requests("HEAD", ".*"))
                .extracting(request -> request.headers().first("Authorization").orElse("none"))
                .contains("Bearer " + token);
    }

    @Test
    void mayLeaveTokenEmptyBesideAccessToken() throws Exception {
        try (TestingRegistry odd = TestingRegistry.builder()
                .tokenAuth(TokenAuth.forService("svc").with(TokenAuth.Option.EMPTY_TOKEN))
                .start()) {
            image.putInto(odd, NAME, "1");

            assertThat(client.digest(new Repository(odd.authority(), NAME), "1"))
                    .hasValue(Digest.parse(image.digest()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | TOOMANYREQUESTS | slow down",
                "401 | TOOMANYREQUESTS | slow down",
                "403 | TOOMANYREQUESTS | slow down",
                "403 | DENIED          | You have exceeded a secondary rate limit",
                "404 | TOOMANYREQUESTS | slow down",
                "500 | TOOMANYREQUESTS | slow down",
            })
    void askForFewerRequestsWhateverTheStatus(int status, String code, String message) {
        ArmedFault fault =
                registry.fault(Fault.on("GET", "/token").always().then(Faults.status(status, code, message)));

        RegistryException error = fails();

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).hasValue(registry.authority());
        assertThat(fault.hits()).isEqualTo(ATTEMPTS);
    }

    @Test
    void mayAnswerTheWholeAs206() throws Exception {
        registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.alter(answer ->
                        Response.of(206).with("Content-Range", "bytes 0-9/10").withBody(answer.body()))));

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "206 | Content-Range | bytes 0-9/100 | a part",
                "206 | X-Other       | 1             | a part",
                "204 | X-Other       | 1             | answered 204",
                "301 | Location      | /elsewhere    | redirect",
                "302 | Location      | /elsewhere    | redirect",
                "303 | Location      | /elsewhere    | redirect",
                "307 | Location      | /elsewhere    | redirect",
                "308 | X-Other       | 1             | redirect"
            })
    void reportAnInvalidTokenWithoutAdviceAboutCredentials(int status, String header, String value, String words) {
        registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.answer(
                        Response.text(status, "text/plain", "0123456789").with(header, value))));

        RegistryException error = fails();

        assertThat(error.kind()).isEqualTo(ErrorKind.REFUSED);
        assertThat(error)
                .hasMessageContaining("token endpoint of " + registry.authority())
                .hasMessageContaining(words)
                .hasMessageNotContaining("credentials");
        assertThat(registry.requests("GET", ".*")).hasSize(1);
    }

    @Test
    void askForFewerRequestsByATime() {
        registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.answer(Response.of(403).with("Retry-After", "500"))));

        RegistryException error = fails();

        assertThat(error.throttledBy()).hasValue(registry.authority());
        assertThat(error.retryAfter()).hasValue(Duration.ofSeconds(500));
    }

    @Test
    void areAskedAsOftenAsAnyOtherHost() {
        registry.fault(Fault.on("GET", "/token").always().then(Faults.status(503)));

        assertThat(fails().kind()).isEqualTo(ErrorKind.TEMPORARY);

        assertThat(registry.requests("GET", "/token")).hasSize(ATTEMPTS);
        assertThat(registry.requests("HEAD", ".*")).hasSize(1);
    }

    @Test
    void areAskedAgainAfterATemporaryFault() throws Exception {
        registry.fault(Fault.on("GET", "/token").then(Faults.status(503)));
        registry.fault(Fault.on("GET", "/token").then(Faults.resetBeforeAnswer()));

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
    }

    @Test
    void areAskedAgainByTheNextCall() throws Exception {
        registry.fault(Fault.on("GET", "/token").then(Faults.answer(Response.text(200, "text/plain", "no JSON"))));
        fails();

        assertThat(client.digest(repository, "1")).hasValue(Digest.parse(image.digest()));
    }

    private RegistryException fails() {
        return catchThrowableOfType(RegistryException.class, () -> client.digest(repository, "1"));
    }

    private static String allOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
