package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkopeoErrorsTest {
    private static final ImageReference SOURCE = ImageReference.parse("src.example/team/app:1");
    private static final ImageReference DESTINATION = ImageReference.parse("dst.example/team/app:1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initializing source docker://src.example/team/app:1: pinging container registry src.example: "
                        + "too many requests to registry",
                "initializing source docker://src.example/team/app:1: reading manifest 1 in src.example/team/app: "
                        + "toomanyrequests: You have reached your pull rate limit.",
                "reading blob sha256:00: fetching blob: toomanyrequests: You have reached your unauthenticated pull rate limit.",
                "writing blob: happened during read: reading blob sha256:00: toomanyrequests: slow down",
                "initializing source docker://src.example/team/app:1: reading manifest 1 in src.example/team/app: denied: "
                        + "You have exceeded a secondary rate limit.",
                "initializing source docker://src.example/team/app:1: reading manifest 1 in src.example/team/app: "
                        + "unauthorized: too many requests"
            })
    void aSourceThatIsRateLimitingIsNamed(String message) {
        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, logged(message));

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).hasValue("src.example");
        assertThat(error).hasMessage("dst.example/team/app:1: skopeo: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "writing blob: initiating layer upload to /v2/team/app/blobs/uploads/ in dst.example: toomanyrequests: no",
                "writing blob: uploading layer chunked: toomanyrequests: You have reached your pull rate limit.",
                "writing manifest: uploading manifest 1 to dst.example/team/app: toomanyrequests: Rate exceeded",
                "trying to reuse blob sha256:00 at destination: pinging container registry dst.example: "
                        + "received unexpected HTTP status: 429 Too Many Requests",
                "Uploading manifest list failed, attempted the following formats: application/vnd.oci.image.index.v1+json"
                        + "(uploading manifest 1 to dst.example/team/app: toomanyrequests: Rate exceeded)"
            })
    void aDestinationThatIsRateLimitingIsNamed(String message) {
        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, logged(message));

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).hasValue("dst.example");
    }

    @Test
    void anUnknownStepBlamesNoRegistryForRateLimiting() {
        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, logged("something new: too many requests"));

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(error.throttledBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'writing manifest: uploading manifest 1 to x: denied: too late', ACCESS_DENIED",
        "'writing blob: Patch \\\"https://x/v2/\\\": authentication required', ACCESS_DENIED",
        "'writing manifest: ImageTagAlreadyExistsException: The image tag is immutable', IMMUTABLE_TAG",
        "'Manifest list must be converted, but we cannot modify it: instructed to preserve digests', REFUSED",
        "'writing blob: initiating layer upload to x: name unknown', REPOSITORY_NOT_FOUND",
        "'pinging container registry x: Get \\\"https://x/toomanyrequests: 1\\\": EOF', TEMPORARY"
    })
    void otherRefusalsAreNoRateLimit(String message, ErrorKind kind) {
        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, "level=fatal msg=\"" + message + "\"");

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.isThrottled()).isFalse();
        assertThat(error.getMessage()).doesNotContain("\\");
    }

    @Test
    void imageNamesAreNotMistakenForErrorWords() {
        ImageReference odd = ImageReference.parse("src.example/denied/immutable:1");

        RegistryException error = SkopeoErrors.of(
                odd,
                DESTINATION,
                logged("reading manifest 1 in src.example/denied/immutable: connection reset by peer"));

        assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
    }

    @Test
    void onlyTheFatalMessageCounts() {
        String warned = "time=\"x\" level=warning msg=\"Failed, retrying in 1s. Error: toomanyrequests: slow down\"\n";

        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, warned + logged("writing manifest: denied"));

        assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED);
        assertThat(error).hasMessage("dst.example/team/app:1: skopeo: writing manifest: denied");
    }

    @Test
    void unstructuredOutputIsShownAsItIs() {
        RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, "Error: unknown flag:\n  --quiet\n");

        assertThat(error).hasMessage("dst.example/team/app:1: skopeo: Error: unknown flag: --quiet");
    }

    @Test
    @Timeout(60)
    void longTextsAreCutAndTakeNoLongTime() {
        for (String text : new String[] {"level=fatal msg=\"", "\\\"", "x"}) {
            RegistryException error = SkopeoErrors.of(SOURCE, DESTINATION, logged(text.repeat(300_000)));

            assertThat(error.getMessage()).hasSizeLessThan(600);
        }
    }

    private static String logged(String message) {
        String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"");
        return "time=\"2026-11-28T09:33:11Z\" level=fatal msg=\"" + quoted + "\"\n";
    }
}
