package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is not what its digest says never counts as copied. */
class AlteredContentIT {
    private static final String OTHER_DIGEST = "sha256:" + "ab".repeat(32);
    private static final String OTHER_SHA512 = "sha512:" + "ab".repeat(64);

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 30_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingImage child = image.children().get(0);
    private final TestingBlob layer = child.blobs().get(1);

    private FaultMatch read() {
        return Fault.on("GET", TestingCopy.blobPath(layer.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15_000, 29_999})
    void refusesABlobWithOneOtherByte(int position) {
        copy.source().fault(read().always().then(BodyFaults.flipByte(position)));

        assertLayerRefused(copy.fails(ErrorKind.TEMPORARY));
    }

    @Test
    void refusesAnotherBlobOfTheSameLength() {
        copy.source().fault(read().always().then(BodyFaults.otherBody()));

        assertLayerRefused(copy.fails(ErrorKind.TEMPORARY));
    }

    @Test
    void refusesABlobThatTheSourceHoldsUnderAnotherDigest() {
        copy.source().content().putBlobAs(TestingCopy.NAME, layer.digest(), new byte[layer.size()]);

        assertLayerRefused(copy.fails(ErrorKind.TEMPORARY));
    }

    private void assertLayerRefused(DestinationReport report) {
        assertThat(report.error()).contains(layer.digest(), "corrupted");
        assertThat(copy.destination().content().blobs(TestingCopy.NAME)).doesNotContain(layer.digest());
        // not even offered: the end is held back until the digest is known
        assertThat(copy.destination().requests("PUT", ".*/blobs/uploads/.*"))
                .filteredOn(put -> put.query().first("digest").orElse("").equals(layer.digest()))
                .isNotEmpty()
                .allMatch(put -> put.status() != 201 && put.bytesReceived() < layer.size());
    }

    @Test
    void readsABlobAgainThatArrivedAltered() {
        ArmedFault fault = copy.source().fault(read().then(BodyFaults.flipByte(7)));

        CopyReport report = copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.reads(layer.digest())).hasSize(2);
        assertThat(report.sourceBytes()).isGreaterThan(image.blobBytes());
    }

    @Test
    void refusesABlobThatTheDestinationReceivedAltered() {
        copy.destination()
                .fault(Fault.on("PUT", ".*/blobs/uploads/.*")
                        .always()
                        .then(Faults.status(400, "DIGEST_INVALID", "provided digest did not match uploaded content")));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(report.error()).contains("DIGEST_INVALID");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAManifestWhoseDigestDoesNotMatch(boolean index) {
        String digest = index ? image.digest() : child.digest();
        ArmedFault fault = copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(digest))
                        .always()
                        .then(BodyFaults.flipByte(20)));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isEqualTo(TestingCopy.ATTEMPTS);
        assertThat(report.error()).contains(digest, "corrupted");
        assertThat(copy.destination().requests("PUT", ".*")).isEmpty();
    }

    @Test
    void readsAManifestAgainThatArrivedAltered() {
        ArmedFault fault = copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(child.digest())).then(BodyFaults.flipByte(20)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void refusesAManifestThatTheSourceHoldsUnderAnotherDigest() {
        byte[] other = new String(child.bytes(), UTF_8)
                .replace("schemaVersion", "schemaversion")
                .getBytes(UTF_8);
        copy.source().content().putManifestAs(TestingCopy.NAME, child.digest(), child.mediaType(), other);

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(report.error()).contains(child.digest(), "corrupted");
    }

    @Test
    void refusesAnAnswerThatContradictsItsOwnDigest() {
        copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(child.digest()))
                        .always()
                        .then(Faults.alter(response -> response.with("Docker-Content-Digest", OTHER_DIGEST))));

        copy.fails(ErrorKind.TEMPORARY);
    }

    @Test
    void refusesAPinnedSourceThatAnswersWithAnotherDigest() {
        TestingImage other = TestingImages.small(7);
        other.putInto(copy.source(), TestingCopy.NAME, "other");
        ArmedFault fault = copy.source()
                .fault(Fault.on("HEAD", TestingCopy.manifestPath(image.digest()))
                        .always()
                        .then(Faults.alter(response -> response.with("Docker-Content-Digest", other.digest()))));
        copy.pin(image.digest());

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isEqualTo(TestingCopy.ATTEMPTS);
        assertThat(report.error()).contains(image.digest(), "corrupted", other.digest());
        assertThat(copy.source().requests("GET", ".*")).isEmpty();
    }

    @Test
    void copiesAPinnedSourceWhoseRegistryNamesADigestOfAnotherAlgorithm() {
        copy.source()
                .fault(Fault.on("HEAD", ".*/manifests/.*")
                        .always()
                        .then(Faults.alter(response -> response.with("Docker-Content-Digest", OTHER_SHA512))));
        copy.pin(image.digest());

        copy.copies(image);
    }

    @Test
    void refusesADestinationThatStoresAManifestUnderAnotherDigest() {
        copy.destination()
                .fault(Fault.on("PUT", TestingCopy.manifestPath(child.digest()))
                        .always()
                        .then(Faults.alter(response -> response.with("Docker-Content-Digest", OTHER_DIGEST))));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).as(report.error()).isEqualTo(ErrorKind.REFUSED);
        assertThat(report.error()).contains(OTHER_DIGEST, child.digest(), "changes manifests");
        assertThat(copy.destination().content().tags(TestingCopy.NAME)).isEmpty();
        assertThat(copy.destination().requests("PUT", TestingCopy.manifestPath(child.digest())))
                .hasSize(1);
    }
}
