package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.testing.registry.TokenAuth;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TestingRegistryAuthTest {
    private static final String START = "/v2/app/blobs/uploads/";
    private static final String PUSH = "/token?service=svc&scope=repository:app:pull,push";

    @Test
    void wantsTheRightBasicCredential() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().basicAuth("joe", "secret").start()) {
            WebClient client = new WebClient(registry.url());

            HttpResponse<byte[]> refused = client.get("/v2/");

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(WebClient.header(refused, "WWW-Authenticate")).startsWith("Basic realm=");
            assertThat(client.get("/v2/", basic("joe", "wrong")).statusCode()).isEqualTo(401);
            assertThat(client.get("/v2/", basic("joe", "secret")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void challengesForEachRepositoryAndAction() throws Exception {
        try (TestingRegistry registry = tokenRegistry(TokenAuth.forService("svc"))) {
            WebClient client = new WebClient(registry.url());

            HttpResponse<byte[]> push = client.post(START);
            HttpResponse<byte[]> mount = client.post(START + "?mount=sha256:a&from=base");

            assertThat(push.statusCode()).isEqualTo(401);
            assertThat(WebClient.header(push, "WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"" + registry.url()
                            + "/token\",service=\"svc\",scope=\"repository:app:pull,push\"");
            assertThat(WebClient.header(mount, "WWW-Authenticate"))
                    .contains("scope=\"repository:app:pull,push repository:base:pull\"");
        }
    }

    @Test
    void grantsWhatTheTokenSaysAndNoMore() throws Exception {
        try (TestingRegistry registry =
                tokenRegistry(TokenAuth.forService("svc").user("joe", "secret"))) {
            WebClient client = new WebClient(registry.url());

            assertThat(client.get(PUSH).statusCode()).isEqualTo(401);
            String token =
                    json(client.get(PUSH, basic("joe", "secret"))).path("token").asText();
            HttpResponse<byte[]> other = client.post("/v2/other/blobs/uploads/", bearer(token));

            assertThat(client.post(START, bearer(token)).statusCode()).isEqualTo(202);
            assertThat(other.statusCode()).isEqualTo(401);
            assertThat(WebClient.header(other, "WWW-Authenticate")).contains("error=\"insufficient_scope\"");
            assertThat(registry.tokenRequests()).hasSize(2).last().satisfies(request -> {
                assertThat(request.user()).isEqualTo("joe");
                assertThat(request.scopes()).containsExactly("repository:app:pull,push");
            });
        }
    }

    @Test
    void givesAnonymousClientsPullAlone() throws Exception {
        TokenAuth auth = TokenAuth.forService("svc").user("joe", "secret").with(TokenAuth.Option.ANONYMOUS_PULL);
        try (TestingRegistry registry = tokenRegistry(auth)) {
            WebClient client = new WebClient(registry.url());
            registry.content().putBlob("app", new byte[1]);

            String token = json(client.get(PUSH)).path("token").asText();

            assertThat(client.get("/v2/app/tags/list", bearer(token)).statusCode())
                    .isEqualTo(200);
            assertThat(client.post(START, bearer(token)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void refusesTokensOnceExpiredOrRevoked() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        TokenAuth auth = TokenAuth.forService("svc").lifetime(Duration.ofSeconds(60));
        try (TestingRegistry registry =
                TestingRegistry.builder().tokenAuth(auth).clock(clockOf(now)).start()) {
            WebClient client = new WebClient(registry.url());
            JsonNode answer = json(client.get(PUSH));
            String token = answer.path("token").asText();

            assertThat(answer.path("expires_in").asInt()).isEqualTo(60);
            assertThat(client.post(START, bearer(token)).statusCode()).isEqualTo(202);
            now.set(Instant.EPOCH.plusSeconds(60));
            HttpResponse<byte[]> expired = client.post(START, bearer(token));
            assertThat(WebClient.header(expired, "WWW-Authenticate")).contains("error=\"invalid_token\"");

            String next = json(client.get(PUSH)).path("token").asText();
            assertThat(client.post(START, bearer(next)).statusCode()).isEqualTo(202);
            registry.revokeTokens();
            assertThat(client.post(START, bearer(next)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void takesIdentityTokensByPost() throws Exception {
        TokenAuth auth = TokenAuth.forService("svc").user("joe", "secret").identityToken("refresh me");
        try (TestingRegistry registry = tokenRegistry(auth)) {
            WebClient client = new WebClient(registry.url());
            String form = "grant_type=refresh_token&service=svc&scope=repository:app:pull,push&refresh_token=";

            HttpResponse<byte[]> wrong = client.send("POST", "/token", BodyPublishers.ofString(form + "x"));
            JsonNode right = json(client.send("POST", "/token", BodyPublishers.ofString(form + "refresh+me")));

            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(client.post(START, bearer(right.path("access_token").asText()))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(registry.tokenRequests().get(1).grantType()).isEqualTo("refresh_token");
        }
    }

    @Test
    void answersAndChallengesInOddForms() throws Exception {
        TokenAuth auth = TokenAuth.forService("svc")
                .with(TokenAuth.Option.ANSWERS_ACCESS_TOKEN)
                .with(TokenAuth.Option.NO_EXPIRES_IN)
                .with(TokenAuth.Option.ODD_CHALLENGE);
        try (TestingRegistry registry = tokenRegistry(auth)) {
            WebClient client = new WebClient(registry.url());

            assertThat(json(client.get(PUSH)).fieldNames()).toIterable().containsExactly("access_token", "issued_at");
            assertThat(client.post(START).headers().allValues("WWW-Authenticate"))
                    .containsExactly(
                            "Basic realm=\"a, b=\\\"c\\\"\"",
                            "bearer scope=\"repository:app:pull,push\" , service=svc,realm=\"" + registry.url()
                                    + "/token\"");
        }
    }

    static String[] basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(UTF_8);
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(both)};
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static TestingRegistry tokenRegistry(TokenAuth auth) {
        return TestingRegistry.builder().tokenAuth(auth).start();
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static Clock clockOf(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
