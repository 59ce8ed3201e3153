package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.BodyFaults;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultMatch;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a destination answers, or not, while it is filled. */
class UploadFaultIT {
    private static final String SESSIONS = "/v2/.+/blobs/uploads/.+";

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 60_000, 1)
            .storedIn(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
    private final TestingImage child = image.children().get(0);

    /** A request of each kind that a destination gets. */
    private FaultMatch request(String kind) {
        return switch (kind) {
            case "compare" -> Fault.on("HEAD", TestingCopy.manifestPath(TestingCopy.TAG));
            case "hasChild" -> Fault.on("HEAD", TestingCopy.manifestPath(child.digest()));
            case "hasBlob" -> Fault.on("HEAD", TestingCopy.blobPath("sha256:.+"));
            case "start" -> Fault.on("POST", "/v2/.+/blobs/uploads/");
            case "upload" -> Fault.on("PUT", SESSIONS);
            case "pushChild" -> Fault.on("PUT", TestingCopy.manifestPath(child.digest()));
            case "tag" -> Fault.on("PUT", TestingCopy.manifestPath(TestingCopy.TAG));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private List<ArmedFault> commitEverywhere(Interceptor action) {
        return Stream.of("compare", "hasChild", "hasBlob", "start", "upload", "pushChild", "tag")
                .map(kind -> copy.destination().fault(request(kind).then(action)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void asksAgainAfterATemporaryStatus(int status) {
        List<ArmedFault> faults = commitEverywhere(Faults.status(status));

        copy.copies(image);

        assertThat(faults).extracting(ArmedFault::hits).containsOnly(1);
    }

    @Test
    void asksAgainAfterAResetOrAnEarlyEnd() {
        List<ArmedFault> resets = commitEverywhere(Faults.resetBeforeAnswer());
        List<ArmedFault> ends = Stream.of("hasBlob", "start", "upload", "pushChild", "tag")
                .map(kind -> copy.destination().fault(request(kind).skip(1).then(Faults.closeBeforeAnswer())))
                .toList();

        copy.copies(image);

        assertThat(resets).extracting(ArmedFault::hits).containsOnly(1);
        assertThat(ends).extracting(ArmedFault::hits).containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource({
        "start, 400, REFUSED",
        "start, 403, ACCESS_DENIED",
        "start, 404, REPOSITORY_NOT_FOUND",
        "start, 405, REFUSED",
        "upload, 400, REFUSED",
        "upload, 403, ACCESS_DENIED",
        "upload, 413, REFUSED",
        "tag, 400, REFUSED",
        "tag, 403, ACCESS_DENIED",
        "tag, 404, REPOSITORY_NOT_FOUND"
    })
    void asksOnceWhereTheAnswerWillStay(String kind, int status, ErrorKind meaning) {
        copy.destination().fault(request(kind).always().then(Faults.status(status)));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).as(report.error()).isEqualTo(meaning);
        assertThat(report.error()).contains(copy.destination().authority(), TestingCopy.NAME);
        assertThat(copy.clock().waits()).isEmpty();
        assertThat(copy.destination().content().tags(TestingCopy.NAME)).isEmpty();
        assertThat(copy.destination().content().uploads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "hasChild", "hasBlob"})
    void letsThePushDecideWhereReadingIsDenied(String kind) {
        ArmedFault fault = copy.destination().fault(request(kind).always().then(Faults.status(403)));

        copy.copies(image);

        assertThat(fault.hits()).isPositive();
        assertThat(copy.clock().waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 501})
    void fillsARegistryThatTakesNoHead(int status) {
        copy.destination().fault(Fault.on("HEAD", ".*").always().then(Faults.status(status)));

        copy.copies(image);
    }

    @Test
    void reportsARepositoryThatMustBeCreatedFirst() {
        copy.destination().enable(Trait.REPOSITORIES_MUST_EXIST);

        DestinationReport report = copy.fails(ErrorKind.REPOSITORY_NOT_FOUND);

        assertThat(report.error()).contains(TestingCopy.NAME, "create the repository");
        assertThat(copy.clock().waits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "hasBlob", "start", "upload", "pushChild", "tag"})
    void waitsAsManySecondsAsTheDestinationAsks(String kind) {
        copy.destination().fault(request(kind).then(Faults.tooManyRequests(Duration.ofSeconds(23))));

        copy.copies(image);

        assertThat(copy.clock().waits()).contains(Duration.ofSeconds(23)).allMatch(wait -> wait.toSeconds() <= 23);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "hasBlob", "start", "upload", "pushChild", "tag"})
    void waitsUntilTheDateThatTheDestinationNames(String kind) {
        Instant date = copy.clock().instant().plusSeconds(61);
        copy.destination().fault(request(kind).then(Faults.tooManyRequests(date)));

        copy.copies(image);

        assertThat(copy.clock().waits()).contains(Duration.ofSeconds(61)).allMatch(wait -> wait.toSeconds() <= 61);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 50_000})
    void startsAnewInAnotherSessionWhenAnUploadIsReset(int bytes) {
        // the configs are there, so that only layers are uploaded
        image.children()
                .forEach(platform -> copy.destination()
                        .content()
                        .putBlob(TestingCopy.NAME, platform.blobs().get(0).bytes()));
        copy.destination().fault(request("upload").skip(1).then(BodyFaults.resetRequestAfter(bytes)));

        copy.copies(image);

        RecordedRequest broken = copy.destination().requests("PUT", SESSIONS).stream()
                .filter(put -> put.status() != 201)
                .reduce((a, b) -> b)
                .orElseThrow();
        String digest = broken.query().first("digest").orElseThrow();
        assertThat(copy.destination().requests("PUT", SESSIONS))
                .filteredOn(put -> put.query().first("digest").orElseThrow().equals(digest))
                .hasSize(2)
                .extracting(RecordedRequest::path)
                .doesNotHaveDuplicates();
        assertThat(copy.destination().requests("DELETE", SESSIONS))
                .extracting(RecordedRequest::path)
                .containsExactly(broken.path());
        assertThat(copy.reads(digest)).hasSize(2);
    }

    @Test
    void abandonsEachSessionOfAnUploadThatAlwaysBreaks() {
        copy.destination().fault(request("upload").always().then(BodyFaults.resetRequestAfter(100)));

        copy.fails(ErrorKind.TEMPORARY);

        assertThat(copy.destination().content().blobs(TestingCopy.NAME)).isEmpty();
        assertThat(copy.destination().requests("DELETE", SESSIONS))
                .hasSameSizeAs(copy.destination().requests("POST", ".*"));
    }

    @Test
    void doesNotMindThatASessionCannotBeAbandoned() {
        copy.destination().fault(request("upload").then(BodyFaults.resetRequestAfter(100)));
        ArmedFault refusal =
                copy.destination().fault(Fault.on("DELETE", ".*").always().then(Faults.resetBeforeAnswer()));

        CopyReport report = copy.copy();

        assertThat(report.isComplete()).isTrue();
        assertThat(refusal.hits()).isEqualTo(1);
        assertThat(image.differences(copy.destination(), TestingCopy.NAME, TestingCopy.TAG))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "pushChild", "tag"})
    void pushesAgainWhatArrivedWithoutAnAnswer(String kind) {
        ArmedFault fault = copy.destination().fault(request(kind).then(Faults.resetAfterHandling()));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void understandsAnAnswerThatComesBeforeTheBodyWasRead() {
        ArmedFault fault = copy.destination().fault(request("upload").then(Faults.statusWithoutReading(503)));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void startsAnewWhenTheDestinationReceivedOtherBytes() {
        ArmedFault fault = copy.destination()
                .fault(request("upload").then(Faults.status(400, "DIGEST_INVALID", "digest did not match")));

        copy.copies(image);

        assertThat(fault.hits()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://[", "::"})
    void asksAgainForASessionWithoutUsableLocation(String location) {
        Response answer = Response.of(202);
        copy.destination()
                .fault(request("start")
                        .then(Faults.answer(location.isEmpty() ? answer : answer.with("Location", location))));

        copy.copies(image);

        assertThat(copy.clock().waits()).hasSize(1);
    }

    @Test
    void setsNoTagWhenAChildCannotBePushed() {
        copy.destination().fault(request("pushChild").always().then(Faults.status(500)));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.errorKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(copy.destination().requests("PUT", TestingCopy.manifestPath(TestingCopy.TAG)))
                .isEmpty();
    }
}
