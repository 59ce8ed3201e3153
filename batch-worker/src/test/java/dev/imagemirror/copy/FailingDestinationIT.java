package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A destination that fails for good neither stops nor spoils the others. */
class FailingDestinationIT {
    @AutoClose
    private final TestingCopy copy = TestingCopy.toThree();

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 100_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);

    private void onUpload(Interceptor action) {
        copy.destination(1)
                .fault(Fault.on("PUT", "/v2/.+/blobs/uploads/.+").always().then(action));
    }

    private CopyReport assertOnlyTheSecondFails(ErrorKind kind) {
        CopyReport report = copy.copy();
        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(null, kind, null);
        assertThat(report.destinations())
                .extracting(DestinationReport::outcome)
                .containsExactly(Outcome.COPIED, Outcome.FAILED, Outcome.COPIED);
        TestingCopy.assertEqual(image, copy.destination(0));
        TestingCopy.assertEqual(image, copy.destination(2));
        TestingCopy.assertNoManifest(copy.destination(1));
        assertThat(copy.destination(1).content().uploads()).isEmpty();
        return report;
    }

    private void assertEachBlobReadAtMost(int times) {
        assertThat(image.blobs())
                .allSatisfy(blob -> assertThat(copy.reads(blob.digest())).hasSizeBetween(1, times));
    }

    @Test
    void whoseAccessIsDenied() {
        copy.destination(1).enable(Trait.WRITES_DENIED);

        CopyReport report = assertOnlyTheSecondFails(ErrorKind.ACCESS_DENIED);

        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
        assertEachBlobReadAtMost(1);
    }

    @Test
    void whoseRepositoryDoesNotExist() {
        copy.destination(1).enable(Trait.REPOSITORIES_MUST_EXIST);

        CopyReport report = assertOnlyTheSecondFails(ErrorKind.REPOSITORY_NOT_FOUND);

        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void thatRefusesEveryUpload() {
        onUpload(Faults.status(403));

        assertOnlyTheSecondFails(ErrorKind.ACCESS_DENIED);

        assertEachBlobReadAtMost(1);
    }

    @Test
    void thatBreaksEveryUploadInItsMiddle() {
        onUpload(BodyFaults.resetRequestAfter(1));

        assertOnlyTheSecondFails(ErrorKind.TEMPORARY);

        assertEachBlobReadAtMost(3);
    }

    @Test
    void thatSaysEveryUploadArrivedAltered() {
        onUpload(Faults.status(400, "DIGEST_INVALID", "digest did not match"));

        assertOnlyTheSecondFails(ErrorKind.TEMPORARY);
    }

    @Test
    void thatDoesNotAnswerTheFirstQuestion() {
        copy.destination(1).fault(Fault.on("*", ".*").always().then(Faults.status(500)));

        CopyReport report = assertOnlyTheSecondFails(ErrorKind.TEMPORARY);

        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void whereNobodyListens() {
        String nowhere = closedRegistry();
        copy.alsoTo(nowhere);

        CopyReport report = copy.copy();

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(null, null, null, ErrorKind.TEMPORARY);
        assertThat(report.destinations().get(3).error()).contains(nowhere);
        assertThat(copy.clock().waits()).hasSize(TestingCopy.ATTEMPTS - 1);
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void whoseNameCannotBeResolved() {
        // a label of more than 63 characters, which no name server is asked for
        String unknown = "x".repeat(64) + ".invalid";
        copy.alsoTo(unknown);

        CopyReport report = copy.copy();

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(null, null, null, ErrorKind.TEMPORARY);
        assertThat(report.destinations().get(3).error()).contains(unknown, "cannot be resolved");
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void allOfWhichFailEachInItsOwnWay() {
        copy.destination(0).enable(Trait.WRITES_DENIED);
        copy.destination(1).enable(Trait.READ_ONLY);
        copy.destination(2).enable(Trait.REPOSITORIES_MUST_EXIST);

        CopyReport report = copy.copy();

        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .isEqualTo(List.of(ErrorKind.ACCESS_DENIED, ErrorKind.REFUSED, ErrorKind.REPOSITORY_NOT_FOUND));
        assertThat(report.sourceBytes()).isZero();
    }

    @Test
    void anUnreachableSourceFailsAllOfThem() {
        copy.source().close();

        CopyReport report = copy.copy();

        assertThat(report.digest()).isNull();
        assertThat(report.destinations())
                .hasSize(3)
                .allSatisfy(destination -> assertThat(destination.errorKind()).isEqualTo(ErrorKind.TEMPORARY));
    }

    @Test
    void aFaultOfTheProgramBeforeTheFirstAnswerFailsAllOfThem() {
        try (TestingCopy locked = new TestingCopy(
                TestingRegistry.builder().basicAuth("joe", "only-for-tests").start(), TestingRegistry.start())) {
            CopyReport report = locked.credentials((registry, repository) -> {
                        throw new IllegalArgumentException("on purpose");
                    })
                    .copy();

            assertThat(report.digest()).isNull();
            assertThat(report.destinations()).singleElement().satisfies(destination -> {
                assertThat(destination.errorKind()).isEqualTo(ErrorKind.INTERNAL);
                assertThat(destination.error()).contains("on purpose");
            });
        }
    }

    private static String closedRegistry() {
        try (TestingRegistry registry = TestingRegistry.start()) {
            return registry.authority();
        }
    }
}
