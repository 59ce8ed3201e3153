package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.http.ResponseBody;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.registry.Trait;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that break off in the middle go on from where they broke. */
class BrokenDownloadIT {
    private static final int BROKEN_AT = 50_000;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image = TestingImage.manifest()
            .layers(LayerKind.TAR, 1, 200_000, 1)
            .build()
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingBlob layer = image.blobs().get(1);

    private FaultMatch read() {
        return Fault.on("GET", TestingCopy.blobPath(layer.digest()));
    }

    private void awaitUploaded(long bytes) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(copy.destination().requests("PUT", ".*/blobs/uploads/.*"))
                        .anyMatch(put -> put.query().first("digest").orElse("").equals(layer.digest())
                                && put.bytesReceived() >= bytes));
    }

    @Test
    void goesOnWhereAResetBrokeIt() {
        int arrived = 2 * TestingCopy.CHUNK_BYTES;
        copy.source().fault(read().then(BodyFaults.resetResponseAfter(BROKEN_AT, () -> awaitUploaded(arrived))));

        CopyReport report = copy.copies(image);

        List<RecordedRequest> reads = copy.reads(layer.digest());
        assertThat(reads).hasSize(2);
        int from = rangeStart(reads.get(1));
        assertThat(from).isBetween(arrived, BROKEN_AT);
        assertThat(reads.get(1).status()).isEqualTo(206);
        assertThat(reads.get(1).bytesSent()).isEqualTo(layer.size() - from);
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
        assertThat(copy.destination().requests("PUT", ".*/blobs/uploads/.*")).hasSize(2);
    }

    @Test
    void goesOnAtTheVeryByteWhereAnAnswerEndedTooEarly() {
        copy.source().fault(read().times(3).then(BodyFaults.truncateResponseAfter(BROKEN_AT)));

        CopyReport report = copy.copies(image);

        assertThat(copy.reads(layer.digest()))
                .extracting(request -> request.headers().first("Range").orElse("none"))
                .containsExactly("none", "bytes=50000-", "bytes=100000-", "bytes=150000-");
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void skipsWhatItHasWhereTheSourceIgnoresRanges() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        Response whole = Response.of(200).withBody(ResponseBody.of(layer.bytes()));
        ArmedFault ignored = copy.source().fault(read().skip(1).then(Faults.answer(whole)));

        CopyReport report = copy.copies(image);

        assertThat(ignored.hits()).isEqualTo(1);
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
    }

    @Test
    void survivesAnAnswerThatEndsBeforeThePlaceToSkipTo() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        Response tooShort = Response.of(200)
                .with("Content-Length", Integer.toString(layer.size()))
                .withBody(ResponseBody.of(Arrays.copyOf(layer.bytes(), BROKEN_AT / 2)));
        ArmedFault fault = copy.source().fault(read().skip(1).then(Faults.answer(tooShort)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void takesNoBytesFromAnotherOffset() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        byte[] shifted = Arrays.copyOfRange(layer.bytes(), BROKEN_AT - 1, layer.size() - 1);
        Response wrong = Response.of(206)
                .with("Content-Range", "bytes %d-%d/%d".formatted(BROKEN_AT - 1, layer.size() - 2, layer.size()))
                .withBody(ResponseBody.of(shifted));
        ArmedFault fault = copy.source().fault(read().skip(1).then(Faults.answer(wrong)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
        assertReads("none", "bytes=50000-", "none");
        assertThat(copy.destination().requests("PUT", ".*/blobs/uploads/.*")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 416, 500, 501})
    void readsTheWholeBlobOnceAPartIsRefused(int status) {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        copy.source().fault(read().skip(1).then(Faults.status(status)));

        CopyReport report = copy.copies(image);

        assertReads("none", "bytes=50000-", "none");
        assertThat(report.sourceBytes()).isEqualTo(image.blobBytes());
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(copy.destination().requests("PUT", ".*/blobs/uploads/.*")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 502, 503, 504})
    void readsTheWholeBlobWhereAPartIsNeverGiven(int status) {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        copy.source().fault(read().skip(1).times(2).then(Faults.status(status)));

        copy.copies(image);

        assertReads("none", "bytes=50000-", "bytes=50000-", "none");
    }

    @Test
    void readsTheWholeBlobWhereAPartIsNotAnswered() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        copy.source().fault(read().skip(1).times(2).then(Faults.resetBeforeAnswer()));

        copy.copies(image);

        assertReads("none", "bytes=50000-", "bytes=50000-", "none");
    }

    @Test
    void takesAPartOfAnotherLengthForARefusal() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        copy.source().fault(read().skip(1).then(BodyFaults.contentLengthOff(1)));

        copy.copies(image);

        assertReads("none", "bytes=50000-", "none");
    }

    @Test
    void goesOnAtASourceThatNeverGivesParts() {
        copy.source().enable(Trait.NO_RANGES);
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        copy.source().fault(read().skip(2).then(BodyFaults.truncateResponseAfter(2 * BROKEN_AT)));

        copy.copies(image);

        assertReads("none", "bytes=50000-", "none", "bytes=100000-", "none");
    }

    @Test
    void failsWhereTheWholeBlobIsRefusedToo() {
        copy.source().fault(read().then(BodyFaults.truncateResponseAfter(BROKEN_AT)));
        ArmedFault fault = copy.source().fault(read().skip(1).always().then(Faults.status(405)));

        copy.fails(ErrorKind.SOURCE_REFUSED);

        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void takesAWholeBlobThatIsAnsweredAsAPart() {
        Response whole = Response.of(206)
                .with("Content-Range", "bytes 0-%d/%d".formatted(layer.size() - 1, layer.size()))
                .withBody(ResponseBody.of(layer.bytes()));
        ArmedFault fault = copy.source().fault(read().then(Faults.answer(whole)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
        assertReads("none");
    }

    private void assertReads(String... ranges) {
        assertThat(copy.reads(layer.digest()))
                .extracting(request -> request.headers().first("Range").orElse("none"))
                .containsExactly(ranges);
    }

    @Test
    void startsTheUploadAnewWhenTheSourceGivesNothingForLong() {
        copy.source().fault(read().times(6).then(BodyFaults.truncateResponseAfter(0)));

        copy.copies(image);

        assertThat(copy.destination().requests("DELETE", ".*/blobs/uploads/.*")).hasSize(1);
    }

    @Test
    void givesUpOnABlobThatAlwaysEndsTooEarly() {
        copy.source().fault(read().always().then(BodyFaults.truncateResponseAfter(0)));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(report.error()).contains(layer.digest(), "download of ");
        assertThat(copy.destination().content().blobs(TestingCopy.NAME)).doesNotContain(layer.digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, -100_000, 100_000})
    void givesUpAtOnceOnABlobOfAnotherLength(int difference) {
        ArmedFault fault = copy.source().fault(read().always().then(BodyFaults.contentLengthOff(difference)));

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(report.error()).contains(layer.digest(), Integer.toString(layer.size() + difference));
        assertThat(copy.destination().content().blobs(TestingCopy.NAME)).doesNotContain(layer.digest());
    }

    /** A descriptor that is wrong, at a registry that does not announce lengths. */
    @Test
    void givesUpAtOnceOnABlobThatGoesOn() {
        byte[] longer = Arrays.copyOf(new byte[] {1}, layer.size() + 1);
        ArmedFault fault = copy.source().fault(read().always().then(Faults.inChunks(longer)));

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(report.error()).contains(layer.digest(), "more than the " + layer.size() + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BROKEN_AT})
    void givesUpAtOnceOnABlobThatEndsTooEarlyByItself(int lacking) {
        byte[] shorter = Arrays.copyOf(layer.bytes(), layer.size() - lacking);
        ArmedFault fault = copy.source().fault(read().always().then(Faults.inChunks(shorter)));

        DestinationReport report = copy.fails(ErrorKind.INVALID_IMAGE);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(report.error())
                .contains(layer.digest(), "only %d of the %d bytes".formatted(shorter.length, layer.size()));
    }

    @Test
    void goesOnWhereAnAnswerInChunksBreaksOff() {
        byte[] some = Arrays.copyOf(layer.bytes(), BROKEN_AT);
        copy.source().fault(read().then(Faults.inChunksWithoutEnd(some)));

        copy.copies(image);

        assertReads("none", "bytes=50000-");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 100})
    void takesNoManifestOfAnotherLength(int difference) {
        ArmedFault fault = copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(image.digest()))
                        .then(BodyFaults.contentLengthOff(difference)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    private static int rangeStart(RecordedRequest request) {
        String range = request.headers().first("Range").orElseThrow();
        assertThat(range).startsWith("bytes=").endsWith("-");
        return Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }
}
