package dev.imagemirror.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.http.ErrorBody;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.http.RetryAfter;
import dev.imagemirror.registry.http.TestingEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusErrorsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, ACCESS_DENIED",
        "402, REFUSED",
        "403, ACCESS_DENIED",
        "404, NOT_FOUND",
        "405, REFUSED",
        "406, REFUSED",
        "408, TEMPORARY",
        "410, REFUSED",
        "416, REFUSED",
        "425, TEMPORARY",
        "429, TEMPORARY",
        "451, REFUSED",
        "500, TEMPORARY",
        "502, TEMPORARY",
        "503, TEMPORARY",
        "504, TEMPORARY",
        "520, TEMPORARY",
    })
    void tellByTheStatusWhatAPullMeans(int status, ErrorKind kind) {
        assertThat(error(TestingEndpoint.pull(), status, "").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, ACCESS_DENIED",
        "403, ACCESS_DENIED",
        "404, REPOSITORY_NOT_FOUND",
        "405, REFUSED",
        "408, TEMPORARY",
        "409, REFUSED",
        "413, REFUSED",
        "416, TEMPORARY",
        "429, TEMPORARY",
        "500, TEMPORARY",
        "507, TEMPORARY",
    })
    void tellByTheStatusWhatAPushMeans(int status, ErrorKind kind) {
        assertThat(error(TestingEndpoint.push(), status, "").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // ECR
                "400 | TAG_INVALID | The image tag '1' already exists in the 'a/b' repository and cannot be overwritten"
                        + " because the tag is immutable. | IMMUTABLE_TAG",
                "400 | ImageTagAlreadyExistsException | The image tag exists. | IMMUTABLE_TAG",
                "400 | ImageAlreadyExistsException | The image has been pushed already. | IMMUTABLE_TAG",
                "404 | NAME_UNKNOWN | The repository with name 'a/b' does not exist | REPOSITORY_NOT_FOUND",
                "404 | NAME_UNKNOWN | The repository with name 'immutable/b' does not exist | REPOSITORY_NOT_FOUND",
                "404 | MANIFEST_INVALID | required images do not exist | TEMPORARY",
                "400 | ImagesNotFound | One or more required images do not exist | TEMPORARY",
                "403 | DENIED | User: arn:aws:iam::1:user/x is not authorized to perform: ecr:PutImage | ACCESS_DENIED",
                "403 | LIMIT_EXCEEDED | the quota of repositories is exceeded | ACCESS_DENIED",
                "429 | TOOMANYREQUESTS | Rate exceeded | TEMPORARY",
                // GHCR and Quay, for repositories that do not exist
                "403 | DENIED | permission_denied: write_package | ACCESS_DENIED",
                "401 | UNAUTHORIZED | access to the requested resource is not authorized | ACCESS_DENIED",
                // Harbor
                "412 | PRECONDITION | Failed to process request due to 'b:1' configured as immutable. | IMMUTABLE_TAG",
                // content that went away, which another try of the blob mends
                "404 | MANIFEST_BLOB_UNKNOWN | blob unknown to registry | TEMPORARY",
                "400 | BLOB_UNKNOWN | blob unknown to registry | TEMPORARY",
                "404 | BLOB_UPLOAD_UNKNOWN | blob upload unknown to registry | TEMPORARY",
                "400 | BLOB_UPLOAD_INVALID | blob upload invalid | TEMPORARY",
                "400 | DIGEST_INVALID | provided digest did not match uploaded content | TEMPORARY",
                "400 | SIZE_INVALID | provided length did not match content length | TEMPORARY",
                // what will not change
                "400 | MANIFEST_INVALID | manifest invalid | REFUSED",
                "405 | UNSUPPORTED | The operation is unsupported. | REFUSED",
            })
    void tellByTheBodyWhatAPushMeans(int status, String code, String message, ErrorKind kind) {
        assertThat(error(TestingEndpoint.push(), status, json(code, message)).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "404 | MANIFEST_UNKNOWN | manifest unknown | NOT_FOUND",
                "404 | NAME_UNKNOWN | repository name not known to registry | NOT_FOUND",
                "404 | NAME_UNKNOWN | The repository with name 'immutable/b' does not exist | NOT_FOUND",
                "404 | BLOB_UNKNOWN | blob unknown to registry | NOT_FOUND",
                "400 | MANIFEST_INVALID | manifest of immutable/b is invalid | REFUSED",
                "401 | UNAUTHORIZED | access to the requested resource is not authorized | ACCESS_DENIED",
                "403 | DENIED | requested access to the resource is denied | ACCESS_DENIED",
                "429 | TOOMANYREQUESTS | You have reached your pull rate limit | TEMPORARY",
            })
    void tellByTheBodyWhatAPullMeans(int status, String code, String message, ErrorKind kind) {
        assertThat(error(TestingEndpoint.pull(), status, json(code, message)).kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "401 | provide valid credentials for this registry",
                "403 | grant its credentials access to this repository",
                "404 | create the repository",
            })
    void sayWhichReferenceFailedWhereAndWhatToDo(int status, String advice) {
        assertThat(error(TestingEndpoint.push(), status, json("CODE", "the reason")))
                .hasMessage("registry.example.com/a/b:1: registry.example.com answered " + status
                        + " (CODE the reason); " + advice);
    }

    @Test
    void sayWhatToDoAboutAnImmutableTag() {
        assertThat(error(TestingEndpoint.push(), 400, json("TAG_INVALID", "tag is immutable")))
                .hasMessageEndingWith("use another tag or make tags mutable");
    }

    @ParameterizedTest
    @CsvSource({"429, 30, 30", "503, 30, 30", "429, 'Tue, 01 Jan 2030 00:01:00 GMT', 60"})
    void carryTheTimeThatTheRegistryAsksFor(int status, String header, long seconds) {
        assertThat(retryAfter(status, header)).hasValue(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon"})
    void treatA429WithoutATimeAsThrottling(String header) {
        assertThat(retryAfter(429, header)).hasValue(Duration.ZERO);
        assertThat(retryAfter(429, null)).hasValue(Duration.ZERO);
        assertThat(retryAfter(503, header)).isEmpty();
        assertThat(retryAfter(503, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "TOOMANYREQUESTS    | Rate exceeded",
                "TOOMANYREQUESTS    | whatever",
                "toomanyrequests    | x",
                "TOO_MANY_REQUESTS  | x",
                "ThrottlingException| Rate exceeded",
                "SlowDown           | Please reduce your request rate.",
                "DENIED             | You have reached your pull rate limit.",
                "DENIED             | You have exceeded a secondary rate limit. Please wait a few minutes.",
                "UNAUTHORIZED       | API rate limit exceeded for 192.0.2.1",
                "UNKNOWN            | toomanyrequests: retry-after: 330.106µs, allowed: 44000/minute",
                "DENIED             | Too Many Requests (HAP429).",
                "userRateLimitExceeded | User Rate Limit Exceeded",
                "ProvisionedThroughputExceededException | The level of configured throughput was exceeded",
                "com.amazonaws.x#ThrottledException | x",
                "RESOURCE_EXHAUSTED | x",
                "QUOTA_EXCEEDED     | Quota exceeded for quota metric 'Requests' and limit 'Requests per minute per user' of service 'x'",
                "DENIED             | Quota exceeded for quota metric 'Read requests' and limit 'Read requests per project per minute'",
                "LIMIT_EXCEEDED     | Rate limit exceeded",
                "DENIED             | Request was throttled. Expected available in 42 seconds.",
                "throttled_by_us    | Rate limit exceeded",
                "SOMETHING_NEW      | too many requests",
            })
    void askForFewerRequestsByCodeOrWordsWhateverTheStatus(String code, String message) {
        for (int status : new int[] {400, 401, 403, 404, 409, 500, 503}) {
            for (RegistryEndpoint<?> endpoint : List.of(TestingEndpoint.pull(), TestingEndpoint.push())) {
                RegistryException error = error(endpoint, status, json(code, message));

                assertThat(error.kind()).as("%s", status).isEqualTo(ErrorKind.TEMPORARY);
                assertThat(error.throttledBy()).hasValue("registry.example.com");
                assertThat(error.retryAfter()).hasValue(Duration.ZERO);
                assertThat(error).hasMessageContaining("is rate limiting").hasMessageNotContaining("credential");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'message':'You have exceeded a secondary rate limit.','documentation_url':'https://x'}",
                "{'error':{'code':'TOOMANYREQUESTS'}}",
                "{'errors':[{'code':'DENIED','message':'no'},{'code':'TOOMANYREQUESTS'}]}",
                "{'__type':'com.amazonaws.ecr#ThrottlingException','message':'Rate exceeded'}",
                "{'details':'too many requests'}",
                "{'error':{'code':403,'message':'x','errors':[{'domain':'usageLimits','reason':'userRateLimitExceeded'}]}}",
                "{'error':{'code':403,'message':'x','status':'RESOURCE_EXHAUSTED'}}",
                "{'detail':'Request was throttled. Expected available in 3 seconds.'}",
                "toomanyrequests: too many failed login attempts",
                "<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please wait</Message></Error>",
                "<html><h1>You are being rate limited</h1></html>",
            })
    void askForFewerRequestsInAnyForm(String body) {
        assertThat(error(TestingEndpoint.pull(), 403, body.replace('\'', '"')).isThrottled())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "403 | DENIED | requested access to team/rate-limit is denied | ACCESS_DENIED",
                "404 | NAME_UNKNOWN | repository toomanyrequests/app not known to registry | NOT_FOUND",
                "404 | MANIFEST_UNKNOWN | manifest unknown: rate limit exceeded | NOT_FOUND",
                "404 | NAME_UNKNOWN | toomanyrequests: no such repository | NOT_FOUND",
                "403 | DENIED | policy 'rate limit exceeded' of you denies this | ACCESS_DENIED",
                "403 | DENIED | policy `too many requests` denies this | ACCESS_DENIED",
                "403 | DENIED | you may not change the rate limit | ACCESS_DENIED",
                "403 | LIMIT_EXCEEDED | the quota of repositories is exceeded | ACCESS_DENIED",
                "400 | MANIFEST_INVALID | too many requests | REFUSED",
                "404 | BLOB_UNKNOWN | too many requests | NOT_FOUND",
                "405 | UNSUPPORTED | rate limit exceeded | REFUSED",
                "403 | QUOTA_EXCEEDED | storage quota exceeded: 10 GiB per project | ACCESS_DENIED",
                "403 | DENIED | Quota exceeded when processing the request of adding 3.4 MiB of storage resource | ACCESS_DENIED",
                "403 | DENIED | policy 'Quota exceeded, 3 per minute' denies this | ACCESS_DENIED",
                "400 | RESOURCE_EXHAUSTED | grpc: received message larger than max (5000000 vs. 4194304) | REFUSED",
                "403 | RESOURCE_EXHAUSTED | no space left on device | ACCESS_DENIED",
                "403 | DENIED | access to team/request-was-throttled/quota-exceeded-per-minute is denied | ACCESS_DENIED",
            })
    void askForNothingWhereTheWordsAreOfSomethingElse(int status, String code, String message, ErrorKind kind) {
        RegistryException error = error(TestingEndpoint.pull(), status, json(code, message));

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.throttledBy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413})
    void askForFewerRequestsByATimeWhateverTheStatus(int status) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(status); // as to a HEAD
        response.addHeader("Retry-After", "30");

        RegistryException error = error(TestingEndpoint.pull(), response);

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).hasValue("registry.example.com");
        assertThat(error.retryAfter()).hasValue(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", ""})
    void askForFewerRequestsInABodyThatIsCompressedAndNotShown(String coding) throws IOException {
        RegistryException error =
                error(TestingEndpoint.pull(), compressed(coding, json("TOOMANYREQUESTS", "slow, please")));

        assertThat(error.isThrottled()).isTrue();
        assertThat(error).hasMessageNotContaining("slow, please");
    }

    @Test
    void judgeNoMoreThanTheBeginningOfACompressedBody() throws IOException {
        String beyond = "{\"x\":\"" + "x".repeat(10_000_000) + "\",\"errors\":[{\"code\":\"TOOMANYREQUESTS\"}]}";

        assertThat(error(TestingEndpoint.pull(), compressed("gzip", beyond)).isThrottled())
                .isFalse();
    }

    private static ClassicHttpResponse compressed(String coding, String body) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(body.getBytes(UTF_8));
        }
        ClassicHttpResponse response = new BasicClassicHttpResponse(403);
        response.setEntity(new ByteArrayEntity(gzip.toByteArray(), ContentType.APPLICATION_JSON));
        if (!coding.isEmpty()) {
            response.addHeader("Content-Encoding", coding);
        }
        return response;
    }

    @Test
    void askForFewerRequestsByATimeThoughTheBodyCannotBeRead() {
        ClassicHttpResponse response = response(403, "?");
        response.addHeader("Content-Encoding", "br");
        response.addHeader("Retry-After", "30");

        assertThat(error(TestingEndpoint.pull(), response).isThrottled()).isTrue();
    }

    @Test
    void mayBeAboutMaintenanceWhereA503NamesATime() {
        ClassicHttpResponse response = response(503, "");
        response.addHeader("Retry-After", "30");

        assertThat(error(TestingEndpoint.pull(), response).isThrottled()).isFalse();
    }

    @Test
    void carryNoTimeForWhatIsNotTriedAgain() {
        assertThat(retryAfter(404, "soon")).isEmpty();
        assertThat(retryAfter(404, "0")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "403, 'Your authorization token has expired. Reauthenticate and try again.', true",
        "403, DENIED Your Authorization Token has expired., true",
        "401, Your authorization token has expired., false",
        "403, DENIED no, false",
        "403, '', false",
    })
    void knowEcrsExpiredToken(int status, String detail, boolean expired) {
        assertThat(StatusErrors.isExpiredToken(status, detail)).isEqualTo(expired);
    }

    @ParameterizedTest
    @CsvSource({
        "Client sent an HTTP request to an HTTPS server., true",
        "The plain HTTP request was sent to HTTPS port, true",
        "bad request, false",
        "'', false",
    })
    void knowATlsServersAnswerToPlainHttp(String detail, boolean tls) {
        assertThat(StatusErrors.isTlsExpected(detail)).isEqualTo(tls);
    }

    private static RegistryException error(RegistryEndpoint<?> endpoint, int status, String body) {
        return error(endpoint, response(status, body));
    }

    private static RegistryException error(RegistryEndpoint<?> endpoint, ClassicHttpResponse response) {
        ErrorBody body = ErrorBody.of(response);
        return StatusErrors.of(endpoint, response, body, RetryAfter.isThrottle(response, body, NOW), NOW);
    }

    private static Optional<Duration> retryAfter(int status, String header) {
        ClassicHttpResponse response = response(status, "");
        if (header != null) {
            response.addHeader("Retry-After", header);
        }
        return error(TestingEndpoint.pull(), response).retryAfter();
    }

    private static ClassicHttpResponse response(int status, String body) {
        ClassicHttpResponse response = new BasicClassicHttpResponse(status);
        response.setEntity(new ByteArrayEntity(body.getBytes(UTF_8), ContentType.APPLICATION_JSON));
        return response;
    }

    private static String json(String code, String message) {
        return "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    }
}
