package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of referrers with entries that cannot be read: these alone are left out. */
class OddReferrersIT {
    private static final String NAME = TestingCopy.NAME;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne().withReferrers();

    private final TestingImage image = TestingImages.small(1).storedIn(copy.source(), NAME, TestingCopy.TAG);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final String fallbackTag = image.digest().replace(':', '-');

    @BeforeEach
    void fill() {
        sbom.putInto(copy.source(), NAME, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"digest\":\"sha256:%s\"}",
                "{\"digest\":\"blake3:%s\",\"size\":1}",
                "{\"digest\":\"sha256:%s\",\"size\":-1}"
            })
    void areLeftOutAloneUnderTheFallbackTag(String entry) {
        copy.source().enable(Trait.NO_REFERRERS);
        putList(copy.source(), entry.formatted("ab".repeat(32)) + "," + descriptor(sbom));

        assertThat(copy.copy().destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);

        assertCopied();
    }

    @Test
    void areLeftOutAloneInTheAnswerOfTheApi() {
        copy.source().enable(Trait.MALFORMED_REFERRERS);

        assertThat(copy.copy().destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);

        assertCopied();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"manifests\":{}}"})
    void aListOfTheApiThatIsNoneFailsOnceAndForGood(String body) {
        copy.source()
                .fault(Fault.on("GET", ".*/referrers/.*")
                        .always()
                        .then(Faults.answer(Response.text(200, MediaTypes.OCI_INDEX, body))));

        assertSourceRefused();
        assertThat(copy.source().requests("GET", ".*/referrers/.*")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"manifests\":{}}"})
    void aListUnderTheFallbackTagThatIsNoneFailsTheCopy(String body) {
        copy.source().enable(Trait.NO_REFERRERS);
        copy.source().content().putManifest(NAME, fallbackTag, MediaTypes.OCI_INDEX, body.getBytes(UTF_8));

        assertSourceRefused();
    }

    @Test
    void stayInTheListOfTheDestinationThatIsAddedTo() {
        copy.destination().enable(Trait.NO_REFERRERS);
        TestingImage own = TestingImages.referrer(image, "application/vnd.example.own");
        TestingImage other = TestingImages.artifact(8);
        own.putInto(copy.destination(), NAME, "");
        other.putInto(copy.destination(), NAME, "");
        putList(copy.destination(), "{\"digest\":\"%s\"},%s".formatted(other.digest(), descriptor(own)));

        DestinationReport report = copy.copy().destinations().get(0);

        assertThat(report.outcome()).as(report.error()).isEqualTo(Outcome.COPIED);
        assertThat(new String(
                        copy.destination().content().manifest(NAME, fallbackTag).orElseThrow(), UTF_8))
                .contains(other.digest(), own.digest(), sbom.digest());
    }

    private void assertCopied() {
        assertThat(copy.destination().content().manifests(NAME)).contains(image.digest(), sbom.digest());
    }

    private void assertSourceRefused() {
        DestinationReport report = copy.copy().destinations().get(0);
        assertThat(report.errorKind()).as(report.error()).isEqualTo(ErrorKind.SOURCE_REFUSED);
        assertThat(report.error()).contains("list of referrers", "cannot be read");
        assertThat(copy.destination().content().tags(NAME)).isEmpty();
    }

    private static String descriptor(TestingImage entry) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"artifactType\":\"application/vnd.example\"}"
                .formatted(entry.mediaType(), entry.digest(), entry.bytes().length);
    }

    private void putList(TestingRegistry registry, String entries) {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaTypes.OCI_INDEX, entries);
        registry.content().putManifest(NAME, fallbackTag, MediaTypes.OCI_INDEX, index.getBytes(UTF_8));
    }
}
