package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the source answers instead of content, and how often it is asked again. */
class SourceFaultIT {
    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 10_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingBlob blob = image.blobs().get(1);

    /** A request of each kind that the source gets. */
    private FaultMatch request(String kind) {
        return switch (kind) {
            case "tag" -> Fault.on("HEAD", TestingCopy.manifestPath(TestingCopy.TAG));
            case "index" -> Fault.on("GET", TestingCopy.manifestPath(image.digest()));
            case "child" ->
                Fault.on("GET", TestingCopy.manifestPath(image.children().get(0).digest()));
            case "blob" -> Fault.on("GET", TestingCopy.blobPath(blob.digest()));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private List<ArmedFault> commitTwiceEverywhere(Interceptor action) {
        return List.of("tag", "index", "child", "blob").stream()
                .map(kind -> copy.source().fault(request(kind).times(2).then(action)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void asksAgainAfterATemporaryStatus(int status) {
        List<ArmedFault> faults = commitTwiceEverywhere(Faults.status(status));

        copy.copies(image);

        assertThat(faults).extracting(ArmedFault::hits).containsOnly(2);
        assertThat(copy.clock().waits()).hasSize(8).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void asksAgainAfterAReset() {
        List<ArmedFault> faults = commitTwiceEverywhere(Faults.resetBeforeAnswer());

        copy.copies(image);

        assertThat(faults).extracting(ArmedFault::hits).containsOnly(2);
    }

    @Test
    void asksAgainAfterAnEarlyEnd() {
        List<ArmedFault> faults = commitTwiceEverywhere(Faults.closeBeforeAnswer());

        copy.copies(image);

        assertThat(faults).extracting(ArmedFault::hits).containsOnly(2);
    }

    @ParameterizedTest
    @CsvSource({
        "tag, 404, SOURCE_NOT_FOUND",
        "index, 400, SOURCE_REFUSED",
        "index, 403, ACCESS_DENIED",
        "index, 404, SOURCE_NOT_FOUND",
        "child, 403, ACCESS_DENIED",
        "child, 404, INCOMPLETE_SOURCE",
        "blob, 400, SOURCE_REFUSED",
        "blob, 403, ACCESS_DENIED",
        "blob, 404, INCOMPLETE_SOURCE",
        "blob, 416, SOURCE_REFUSED"
    })
    void asksOnceWhereTheAnswerWillStay(String kind, int status, ErrorKind meaning) {
        ArmedFault fault = copy.source().fault(request(kind).always().then(Faults.status(status)));

        DestinationReport report = copy.fails(meaning);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(report.error()).contains(copy.source().authority(), TestingCopy.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "child"})
    void givesUpAfterSixTries(String kind) {
        ArmedFault fault = copy.source().fault(request(kind).always().then(Faults.status(503)));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isEqualTo(TestingCopy.ATTEMPTS);
        assertThat(report.error()).contains("503");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 501})
    void copiesFromARegistryThatTakesNoHead(int status) {
        copy.source().fault(Fault.on("HEAD", ".*").always().then(Faults.status(status)));

        copy.copies(image);
    }

    @Test
    void givesUpOnATagThatIsAnsweredNeitherByHeadNorByGet() {
        ArmedFault fault = copy.source()
                .fault(Fault.on("*", TestingCopy.manifestPath(TestingCopy.TAG))
                        .always()
                        .then(Faults.status(503)));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isEqualTo(TestingCopy.ATTEMPTS + 1);
        assertThat(report.error()).contains("503");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "child", "blob"})
    void waitsAndReportsWhoAsksForFewerRequestsBy403(String kind) {
        ArmedFault fault = copy.source()
                .fault(request(kind).always().then(Faults.status(403, "TOOMANYREQUESTS", "Rate exceeded")));

        DestinationReport report = copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isGreaterThanOrEqualTo(TestingCopy.ATTEMPTS);
        assertThat(report.failure().throttledBy()).isEqualTo(copy.source().authority());
    }

    @Test
    void readsPlainBytesWhereTheRegistryCompresses() {
        copy.source().enable(Trait.COMPRESSES);

        copy.copies(image);
    }

    @Test
    void givesUpAtOnceOnABlobThatComesCompressed() {
        Response gzip = Response.text(200, "application/octet-stream", "x".repeat(blob.size()))
                .with("Content-Encoding", "gzip");
        ArmedFault fault = copy.source().fault(request("blob").always().then(Faults.answer(gzip)));

        DestinationReport report = copy.fails(ErrorKind.REFUSED);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(report.error()).contains(blob.digest(), "Content-Encoding gzip");
    }

    @Test
    void copiesWhatComesInOnePart() {
        copy.source().enable(Trait.WHOLE_IS_PARTIAL);

        copy.copies(image);
    }

    @Test
    void backsOffLongerWithEachFailure() {
        copy.source().fault(request("index").times(5).then(Faults.status(500)));

        copy.copies(image);

        List<Duration> waits = copy.clock().waits();
        assertThat(waits).hasSize(5);
        for (int number = 0; number < 5; number++) {
            assertThat(waits.get(number))
                    .isBetween(Duration.ofMillis(250L << number), Duration.ofMillis(500L << number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "index", "child", "blob"})
    void waitsAsManySecondsAsTheSourceAsks(String kind) {
        copy.source().fault(request(kind).then(Faults.tooManyRequests(Duration.ofSeconds(17))));

        copy.copies(image);

        // other requests to the source, which are held back as well, may wait for the rest of the same time
        assertThat(copy.clock().waits()).contains(Duration.ofSeconds(17)).allMatch(wait -> wait.toSeconds() <= 17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "index", "child", "blob"})
    void waitsUntilTheDateThatTheSourceNames(String kind) {
        Instant date = copy.clock().instant().plusSeconds(95);
        copy.source().fault(request(kind).then(Faults.tooManyRequests(date)));

        copy.copies(image);

        assertThat(copy.clock().waits()).contains(Duration.ofSeconds(95)).allMatch(wait -> wait.toSeconds() <= 95);
    }

    @Test
    void givesUpAtOnceWhenTheSourceAsksForMoreThanTwoMinutes() {
        ArmedFault fault =
                copy.source().fault(request("index").always().then(Faults.tooManyRequests(Duration.ofSeconds(121))));

        copy.fails(ErrorKind.TEMPORARY);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void startsTheUploadAnewWhenTheSourceGivesUpOnABlob() {
        ArmedFault fault =
                copy.source().fault(request("blob").times(TestingCopy.ATTEMPTS).then(Faults.status(503)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(TestingCopy.ATTEMPTS);
    }
}
