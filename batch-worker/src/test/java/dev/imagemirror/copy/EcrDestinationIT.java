package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A destination with the odd corners of Amazon ECR. */
class EcrDestinationIT {
    private static final String FIRST_TOKEN = "first-token";
    private static final String SECOND_TOKEN = "second-token";

    /** The token in hand; a refused one is replaced. */
    private final AtomicReference<String> token = new AtomicReference<>(FIRST_TOKEN);

    private final TestingRegistry ecr =
            TestingRegistry.builder().ecr(FIRST_TOKEN).start();

    @AutoClose
    private final TestingCopy copy = new TestingCopy(TestingRegistry.start(), ecr).credentials(tokens());

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 10_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingImage child = image.children().get(0);

    @BeforeEach
    void fillSource() {
        ecr.content().createRepository(TestingCopy.NAME);
    }

    private CredentialProvider tokens() {
        return new CredentialProvider() {
            @Override
            public Optional<Credential> find(String registry, String repository) {
                return Optional.of(new Credential.Basic("AWS", token.get()));
            }

            @Override
            public void forget(String registry, Credential refused) {
                token.set(SECOND_TOKEN);
            }
        };
    }

    @Test
    void takesEachBlobInOneUpload() {
        copy.copies(image);

        assertThat(ecr.requests("PATCH", ".*")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD, /v2/.+/blobs/.+",
        "POST, /v2/.+/blobs/uploads/",
        "PUT, /v2/.+/blobs/uploads/.+",
        "PUT, /v2/.+/manifests/.+"
    })
    void renewsATokenThatExpiresOnTheWay(String method, String path) {
        Runnable expire = () -> ecr.rotateEcrToken(SECOND_TOKEN);
        ArmedFault fault = ecr.fault(Fault.on(method, path).skip(1).then(Faults.run(expire)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(token).hasValue(SECOND_TOKEN);
        assertThat(ecr.requests()).anyMatch(request -> request.status() == 403);
    }

    @Test
    void deniesAccessWhenTheNewTokenIsNoGoodEither() {
        ecr.rotateEcrToken("a-third-token");

        copy.fails(ErrorKind.ACCESS_DENIED);
    }

    @Test
    void saysThatARepositoryIsMissingThoughItFirstHangsUp() {
        ArmedFault hangUp = ecr.fault(Fault.on("POST", ".*").then(Faults.closeBeforeAnswer()));
        ecr.fault(Fault.on("POST", ".*")
                .skip(1)
                .always()
                .then(Faults.status(404, "NAME_UNKNOWN", "The repository does not exist in the registry")));

        DestinationReport report = copy.fails(ErrorKind.REPOSITORY_NOT_FOUND);

        assertThat(hangUp.hits()).isEqualTo(1);
        assertThat(report.error()).contains("NAME_UNKNOWN", "create the repository");
    }

    @Test
    void isTriedAgainLaterWhenItOnlyHangsUp() {
        ecr.fault(Fault.on("POST", ".*").always().then(Faults.closeBeforeAnswer()));

        copy.fails(ErrorKind.TEMPORARY);
    }

    @Test
    void isDoneWhenAnImmutableTagHasTheDigestAlready() {
        ecr.enable(Trait.IMMUTABLE_TAGS);
        // somebody else was quicker, after the tag had been looked for
        ArmedFault quicker = ecr.fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                .then(Faults.run(() -> image.putInto(ecr, TestingCopy.NAME, TestingCopy.TAG))));

        copy.copies(image);

        assertThat(quicker.hits()).isEqualTo(1);
        assertThat(ecr.requests("PUT", TestingCopy.manifestPath(TestingCopy.TAG)))
                .singleElement()
                .satisfies(put -> assertThat(put.status()).isEqualTo(400));
    }

    /** ECR's other answer to the same bytes under the same tag. */
    @Test
    void isDoneWhenTheImageIsSaidToExistAlready() {
        String answer = "{\"errors\":[{\"code\":\"ImageAlreadyExistsException\",\"message\":\"pushed already\"}]}";
        ArmedFault quicker = ecr.fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                .then(Faults.alter(stored -> Response.text(400, "application/json", answer))));

        copy.copies(image);

        assertThat(quicker.hits()).isEqualTo(1);
    }

    @Test
    void refusesToMoveAnImmutableTag() {
        ecr.enable(Trait.IMMUTABLE_TAGS);
        TestingImage older = TestingImages.small(2);
        older.putInto(ecr, TestingCopy.NAME, TestingCopy.TAG);

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).as(report.error()).isEqualTo(ErrorKind.IMMUTABLE_TAG);
        assertThat(report.digest()).hasToString(older.digest());
        assertThat(report.error()).contains("use another tag");
        assertThat(older.differences(ecr, TestingCopy.NAME, TestingCopy.TAG)).isEmpty();
        assertThat(copy.clock().waits()).isEmpty();
    }

    @Test
    void isTriedAgainWhenAChildIsNotThereYet() {
        ArmedFault fault = ecr.fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                .times(2)
                .then(Faults.status(400, "INVALID_PARAMETER", "required images do not exist")));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void getsNoTagWhenAChildWentAway() {
        ecr.fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                .always()
                .then(Faults.run(() -> ecr.content().delete(TestingCopy.NAME, child.digest()))));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).as(report.error()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(report.error()).contains(child.digest(), "do not exist");
        assertThat(ecr.content().tags(TestingCopy.NAME)).isEmpty();
    }

    @Test
    void getsTheMissingChildWithTheNextCopy() {
        ArmedFault purge = ecr.fault(Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG))
                .always()
                .then(Faults.run(() -> ecr.content().delete(TestingCopy.NAME, child.digest()))));
        assertThat(copy.copy().isComplete()).isFalse();
        purge.remove();
        ecr.clearRequests();

        copy.copies(image);

        assertThat(ecr.requests("PUT", ".*/blobs/uploads/.*")).isEmpty();
        assertThat(ecr.requests("PUT", ".*/manifests/.*")).hasSize(2);
    }
}
