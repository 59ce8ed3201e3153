package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 401 in the middle of a copy: the token is fetched anew and the copy goes on. */
class ExpiredTokenIT {
    @AutoClose
    private final TestingCopy copy = new TestingCopy(withTokens(), withTokens())
            .credentials((registry, repository) -> Optional.of(new Credential.Basic("robot", "secret")));

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 50_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);

    private static TestingRegistry withTokens() {
        return TestingRegistry.builder()
                .tokenAuth(TokenAuth.forService("testing").user("robot", "secret"))
                .start();
    }

    private void assertCompletesWhenRevoked(TestingRegistry registry, String method, String path) {
        ArmedFault revocation = registry.fault(Fault.on(method, path).skip(1).then(Faults.run(registry::revokeTokens)));

        CopyReport report = copy.copy();

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(image.differences(copy.destination(), TestingCopy.NAME, TestingCopy.TAG))
                .isEmpty();
        assertThat(revocation.hits()).isEqualTo(1);
        assertThat(registry.requests(method, path)).anyMatch(request -> request.status() == 401);
        // at most one for each upload that was under way
        assertThat(copy.clock().waits()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"GET, /v2/.+/manifests/.+", "GET, /v2/.+/blobs/.+"})
    void atTheSource(String method, String path) {
        assertCompletesWhenRevoked(copy.source(), method, path);
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, /v2/.+/manifests/.+",
        "HEAD, /v2/.+/blobs/.+",
        "POST, /v2/.+/blobs/uploads/",
        "PUT, /v2/.+/blobs/uploads/.+",
        "PUT, /v2/.+/manifests/.+"
    })
    void atTheDestination(String method, String path) {
        assertCompletesWhenRevoked(copy.destination(), method, path);
    }

    @Test
    void endsWhenNoTokenIsEverGoodEnough() {
        copy.destination()
                .fault(Fault.on("POST", "/v2/.+/blobs/uploads/")
                        .always()
                        .then(Faults.run(copy.destination()::revokeTokens)));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).isEqualTo(ErrorKind.ACCESS_DENIED);
        TestingCopy.assertNoManifest(copy.destination());
        assertThat(report.error()).contains("401", "provide valid credentials");
    }
}
