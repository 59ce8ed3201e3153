package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.Visible;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportLineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Digest NEW = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest OLD = Digest.parse("sha256:" + "b".repeat(64));

    @Test
    void reportsTheResultOfEachDestination() throws Exception {
        CopyReport report = new CopyReport(
                ImageReference.parse("golang:1.17"),
                NEW,
                1000,
                7,
                List.of(copied("registry.example.com/golang:1.17"), denied("ghcr.io/team/golang:1.17")));

        assertThat(json(ReportLine.of(report, "mirror"))).isEqualTo(JSON.readTree("""
                        {"version": 1, "engine": "mirror", "source": "docker.io/library/golang:1.17", "digest": "%s",
                         "sourceBytes": 1000, "sourceRequests": 7,
                         "destinations": [
                           {"destination": "registry.example.com/golang:1.17", "outcome": "copied", "digest": "%s",
                            "bytes": 10, "bytesMounted": 20, "bytesPresent": 30, "requests": 4},
                           {"destination": "ghcr.io/team/golang:1.17", "outcome": "failed", "digest": "%s",
                            "bytes": 0, "bytesMounted": 0, "bytesPresent": 0, "requests": 1,
                            "reason": "AccessDenied", "error": "access denied"}]}
                        """.formatted(NEW, NEW, OLD)));
    }

    @Test
    void leavesOutWhatIsNotKnown() throws Exception {
        DestinationReport failed = new DestinationReport(
                ImageReference.parse("ghcr.io/a/b:1"),
                Outcome.FAILED,
                null,
                new DestinationReport.Transfer(0, 0, 0, 0),
                new DestinationReport.Failure(ErrorKind.SOURCE_NOT_FOUND, "no such tag", null));
        CopyReport report = new CopyReport(ImageReference.parse("golang:1"), null, 0, 1, List.of(failed));

        JsonNode json = json(ReportLine.of(report, "skopeo"));

        assertThat(json.path("engine").asText()).isEqualTo("skopeo");
        assertThat(json.has("digest")).isFalse();
        assertThat(json.at("/destinations/0").has("digest")).isFalse();
        assertThat(json.at("/destinations/0/reason").asText()).isEqualTo("SourceNotFound");
        assertThat(json.at("/destinations/0").has("throttledBy")).isFalse();
    }

    @Test
    void staysOneLineWhateverAnErrorSays() throws Exception {
        String words = "line one\r\nline \"two\"\u2028\u0007 \\ \u00e9";
        DestinationReport failed = new DestinationReport(
                ImageReference.parse("ghcr.io/a/b:1"),
                Outcome.FAILED,
                null,
                new DestinationReport.Transfer(0, 0, 0, 0),
                new DestinationReport.Failure(ErrorKind.TEMPORARY, words, "docker.io"));
        CopyReport report = new CopyReport(ImageReference.parse("golang:1"), NEW, 0, 1, List.of(failed));

        String line = ReportLine.of(report, "mirror");

        assertThat(line).doesNotContain("\n", "\r");
        assertThat(json(line).at("/destinations/0/error").asText()).isEqualTo(words);
        assertThat(json(line).at("/destinations/0/throttledBy").asText()).isEqualTo("docker.io");
    }

    @Test
    void hasOnlyVisibleCharactersAndKeepsItsMeaning() throws Exception {
        for (String text : HostileTexts.stored().toList()) {
            DestinationReport failed = new DestinationReport(
                    ImageReference.parse("ghcr.io/a/b:1"),
                    Outcome.FAILED,
                    null,
                    new DestinationReport.Transfer(0, 0, 0, 0),
                    new DestinationReport.Failure(ErrorKind.TEMPORARY, text, text));

            String line = ReportLine.of(
                    new CopyReport(ImageReference.parse("golang:1"), NEW, 0, 1, List.of(failed)), "mirror");

            assertThat(line).isEqualTo(Visible.of(line));
            assertThat(json(line).at("/destinations/0/error").asText()).isEqualTo(text);
        }
    }

    private static JsonNode json(String line) throws JsonProcessingException {
        assertThat(line).startsWith("MIRROR-REPORT {");
        return JSON.readTree(line.substring("MIRROR-REPORT ".length()));
    }

    private static DestinationReport copied(String destination) {
        return new DestinationReport(
                ImageReference.parse(destination),
                Outcome.COPIED,
                NEW,
                new DestinationReport.Transfer(10, 20, 30, 4),
                null);
    }

    private static DestinationReport denied(String destination) {
        return new DestinationReport(
                ImageReference.parse(destination),
                Outcome.FAILED,
                OLD,
                new DestinationReport.Transfer(0, 0, 0, 1),
                new DestinationReport.Failure(ErrorKind.ACCESS_DENIED, "access denied", null));
    }
}
