package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says before it asks any registry. */
class MirrorCommandTest {
    private static final String SOURCE = "golang:1.17";
    private static final String DESTINATION = "registry.invalid/golang";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    UPPER/app                 | UPPER/app                 | component 'UPPER'
                    golang:                   | golang:                   | tag ''
                    golang:-x                 | golang:-x                 | tag '-x'
                    golang@sha256:12          | golang@sha256:12          | sha256:12
                    golang@md5:00             | golang@md5:00             | md5
                    https://ghcr.io/a/b       | https://ghcr.io/a/b       | a reference is not a URL
                    ghcr.io:99999/a           | ghcr.io:99999/a           | '99999' is not a port
                    [::1/a                    | [::1/a                    | not a valid registry host
                    registry.example.com/     | registry.example.com/     | the repository name is missing
                    """, delimiter = '|')
    void namesTheMalformedReferenceAndItsFault(String reference, String named, String fault) {
        CommandRun asSource = CommandRun.of(reference, DESTINATION);
        CommandRun asDestination = CommandRun.of(SOURCE, DESTINATION, reference);

        assertThat(asSource.exit()).as(asSource.err()).isEqualTo(65);
        assertThat(asSource.err()).contains("'" + named + "'").contains(fault);
        assertThat(asDestination.exit()).as(asDestination.err()).isEqualTo(65);
        assertThat(asDestination.err()).contains("'" + named + "'").contains(fault);
        assertThat(asSource.out() + asDestination.out()).isEmpty();
    }

    @Test
    void wantsTaggedDestinationsForASourceByDigest() {
        CommandRun run = CommandRun.of("golang@sha256:" + "0".repeat(64), DESTINATION);

        assertThat(run.exit()).isEqualTo(65);
        assertThat(run.err()).contains(DESTINATION, "needs a tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "golang:1.17",
                "--no-such-option golang:1.17 registry.invalid/golang",
                "--blobs-at-once=0 golang:1.17 registry.invalid/golang",
                "--blobs-at-once=65 golang:1.17 registry.invalid/golang",
                "--blobs-at-once=many golang:1.17 registry.invalid/golang",
                "--engine=rsync golang:1.17 registry.invalid/golang",
                "--engine=skopeo --referrers golang:1.17 registry.invalid/golang",
                "--engine=skopeo --registry-mirror=a.io=b.io golang:1.17 registry.invalid/golang",
                "--engine=skopeo --blobs-at-once=2 golang:1.17 registry.invalid/golang",
                "--ca-file=/does/not/exist.pem golang:1.17 registry.invalid/golang",
                "--insecure=a/b golang:1.17 registry.invalid/golang",
                "--registry-mirror=docker.io golang:1.17 registry.invalid/golang",
                "golang:1.17 ,"
            })
    void exits64ForAWrongCommandLine(String line) {
        CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err())
                .startsWith("mirror: ")
                .contains("Usage: mirror", "--help")
                .doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MIRROR_DRY_RUN, maybe, true or false",
        "MIRROR_REFERRERS, 2, true or false",
        "MIRROR_QUIET, on, true or false",
        "MIRROR_VERBOSE, y, true or false",
        "MIRROR_BLOBS_AT_ONCE, 0, a number from 1 to 64",
        "MIRROR_BLOBS_AT_ONCE, -1, a number from 1 to 64",
        "MIRROR_BLOBS_AT_ONCE, 65, a number from 1 to 64",
        "MIRROR_BLOBS_AT_ONCE, 99999999999, a number from 1 to 64",
        "MIRROR_ENGINE, rsync, 'one of mirror, skopeo'",
        "MIRROR_INSECURE_REGISTRIES, http://a.io, HOST:PORT",
        "MIRROR_CA_FILES, /does/not/exist.pem, a file of PEM certificates",
        "MIRROR_REGISTRY_MIRRORS, docker.io, REGISTRY=HOST",
        "HTTPS_PROXY, ftp://proxy, 'http://host:port'",
    })
    void namesTheVariableThatIsWrongAndWhatToWrite(String variable, String value, String advice) {
        CommandRun run = CommandRun.with(Map.of(variable, value), SOURCE, DESTINATION);

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains(variable, advice);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MIRROR_REFERRERS, true", "MIRROR_REGISTRY_MIRRORS, a.io=b.io", "MIRROR_BLOBS_AT_ONCE, 2"})
    void refusesWhatSkopeoWouldIgnore(String variable, String value) {
        CommandRun run = CommandRun.with(Map.of("MIRROR_ENGINE", "skopeo", variable, value), SOURCE, DESTINATION);

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains("skopeo", "MIRROR_ENGINE", variable);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void keepsTheProxyPasswordToItself() {
        CommandRun run = CommandRun.with(Map.of("HTTPS_PROXY", "socks://me:geheim@proxy:1080"), SOURCE, DESTINATION);

        assertThat(run.exit()).isEqualTo(64);
        assertThat(run.err()).contains("HTTPS_PROXY").doesNotContain("geheim");
    }

    @Test
    void explainsItselfOnRequest() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("mirror [OPTIONS] SOURCE DEST", "Examples:", "mirror golang:1.17 registry.example.com/golang")
                .contains("--dry-run", "--quiet", "--verbose", "--referrers", "--engine", "--blobs-at-once")
                .contains("CONTAINER_AUTH_PARAMETER", "HTTPS_PROXY", "MIRROR-REPORT")
                .containsPattern("Exit codes:\\R +0 ")
                .doesNotContain("${");
        assertThat(run.out().lines().map(String::strip))
                .map(line -> line.split(" ", 2)[0])
                .containsSubsequence("0", "64", "65", "66", "69", "70", "73", "77");
    }

    @Test
    void tellsItsVersion() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("mirror ");
    }

    @Test
    void exits70ForAnInternalError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        MirrorCommand command = new MirrorCommand(
                new FaultyEnvironment(),
                new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8));

        assertThat(command.run(SOURCE, DESTINATION)).isEqualTo(70);
        assertThat(err.toString(UTF_8)).contains("internal error; please report it", "broken on purpose");
    }

    /** Breaks whoever reads it. */
    private static final class FaultyEnvironment extends AbstractMap<String, String> {
        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
