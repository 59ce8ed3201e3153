package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client needs to be allowed to do to give up an upload is not the same everywhere. */
class AbandonedUploadIT {
    private static final String SESSIONS = "/v2/.+/blobs/uploads/.+";
    private static final String DELETING = "repository:" + TestingCopy.NAME + ":pull,push,delete";

    @AutoClose
    private final TestingCopy copy = new TestingCopy(TestingRegistry.start(), withTokens())
            .credentials((registry, repository) -> Optional.of(new Credential.Basic("robot", "secret")));

    private final TestingRegistry destination = copy.destination();
    private final TestingImage image =
            TestingImages.small(1).storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);

    private static TestingRegistry withTokens() {
        return TestingRegistry.builder()
                .tokenAuth(TokenAuth.forService("testing").user("robot", "secret"))
                .start();
    }

    private static Interceptor refuseTokensToDelete() {
        return new Interceptor() {
            @Override
            public Optional<Response> before(Request request) {
                boolean delete = request.query().all("scope").contains(DELETING);
                return delete ? Optional.of(Response.of(400)) : Optional.empty();
            }
        };
    }

    private void breakOneUpload() {
        destination.fault(Fault.on("PUT", SESSIONS).then(BodyFaults.resetRequestAfter(100)));
    }

    private List<String> authorizations(String method) {
        return destination.requests(method, SESSIONS).stream()
                .map(AbandonedUploadIT::authorization)
                .toList();
    }

    private static String authorization(RecordedRequest request) {
        return request.headers().first("Authorization").orElseThrow();
    }

    private void assertCopied() {
        CopyReport report = copy.copy();
        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(image.differences(destination, TestingCopy.NAME, TestingCopy.TAG))
                .isEmpty();
    }

    @Test
    void leavesNoSessionOpenWhereClosingOneTakesTheRightToDelete() {
        destination.fault(Fault.on("PUT", SESSIONS).always().then(BodyFaults.resetRequestAfter(100)));

        copy.fails(ErrorKind.TEMPORARY);

        assertThat(destination.requests("DELETE", SESSIONS))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.status()).isEqualTo(204));
    }

    @Test
    void asksForTheRightToDeleteOnlyWhereThereIsSomethingToGiveUp() {
        assertCopied();
        assertThat(destination.tokenRequests())
                .isNotEmpty()
                .noneMatch(request -> request.scopes().contains(DELETING));

        destination.content().delete(TestingCopy.NAME, image.digest());
        destination.content().delete(TestingCopy.NAME, image.blobs().get(1).digest());
        breakOneUpload();
        assertCopied();

        assertThat(destination.tokenRequests())
                .filteredOn(request -> request.scopes().contains(DELETING))
                .hasSize(1);
    }

    @Test
    void makesDoWithTheRightToPushWhereNobodyMayDelete() {
        breakOneUpload();
        destination.fault(Fault.on("GET", "/token").always().then(refuseTokensToDelete()));

        assertCopied();

        assertThat(authorizations("DELETE")).hasSize(1);
        assertThat(authorizations("PUT")).containsAll(authorizations("DELETE"));
    }

    @Test
    void triesTheRightToPushWhereTheTokenToDeleteIsNotTaken() {
        breakOneUpload();
        destination.fault(Fault.on("DELETE", SESSIONS).then(Faults.status(401)));

        assertCopied();

        assertThat(authorizations("DELETE")).hasSize(2).doesNotHaveDuplicates();
        assertThat(authorizations("PUT")).contains(authorizations("DELETE").get(1));
        assertThat(copy.clock().waits()).as("of the upload alone").hasSize(1);
    }
}
