package dev.imagemirror.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.http.Proxies;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerSettingsTest {
    private final MirrorOptions options = new MirrorOptions();

    @Test
    void copiesByItselfThreeBlobsAtOnceUnlessToldOtherwise() {
        WorkerSettings settings = settings(Map.of());

        assertThat(settings.engine()).isEqualTo(MirrorOptions.Engine.mirror);
        assertThat(settings.blobsAtOnce()).isEqualTo(3);
        assertThat(settings.referrers() || settings.dryRun() || settings.quiet() || settings.verbose())
                .isFalse();
        assertThat(settings.registries().insecureRegistries()).isEmpty();
        assertThat(settings.registries().caFiles()).isEmpty();
        assertThat(settings.registries().proxies()).isEqualTo(Proxies.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes", "TRUE", " true "})
    void readsFlagsFromTheEnvironment(String value) {
        assertThat(settings(Map.of("MIRROR_REFERRERS", value)).referrers()).isTrue();
        assertThat(settings(Map.of("MIRROR_DRY_RUN", value)).dryRun()).isTrue();
        assertThat(settings(Map.of("MIRROR_QUIET", value)).quiet()).isTrue();
        assertThat(settings(Map.of("MIRROR_VERBOSE", value)).verbose()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "no", "", "False"})
    void acceptsEveryFormOfFalse(String value) {
        assertThat(settings(Map.of("MIRROR_DRY_RUN", value)).dryRun()).isFalse();
    }

    @Test
    void prefersTheCommandLine() {
        options.engine = MirrorOptions.Engine.mirror;
        options.blobsAtOnce = 7;

        WorkerSettings settings = settings(Map.of("MIRROR_ENGINE", "skopeo", "MIRROR_BLOBS_AT_ONCE", "5"));

        assertThat(settings.engine()).isEqualTo(MirrorOptions.Engine.mirror);
        assertThat(settings.blobsAtOnce()).isEqualTo(7);
    }

    @Test
    void takesEngineAndNumbersFromTheEnvironment() {
        assertThat(settings(Map.of("MIRROR_ENGINE", "skopeo")).engine()).isEqualTo(MirrorOptions.Engine.skopeo);
        assertThat(settings(Map.of("MIRROR_BLOBS_AT_ONCE", "5")).blobsAtOnce()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com",
        "Registry.Example.com:5000, registry.example.com:5000",
        "registry.example.com:443, registry.example.com",
        "[2001:DB8::1]:5000, [2001:db8::1]:5000",
        "docker.io, docker.io",
        "index.docker.io, docker.io",
        "localhost, localhost",
        "cache, cache",
    })
    void knowsRegistriesByTheirCanonicalName(String written, String canonical) {
        options.insecure = List.of(written);

        assertThat(settings(Map.of()).registries().insecureRegistries()).containsExactly(canonical);
    }

    @Test
    void joinsListsOfCommandLineAndEnvironment(@TempDir Path directory) throws Exception {
        Path first = Files.writeString(directory.resolve("first.pem"), "x");
        Path second = Files.writeString(directory.resolve("second.pem"), "x");
        options.insecure = List.of("a.io");
        options.caFiles = List.of(first);

        WorkerSettings settings =
                settings(Map.of("MIRROR_INSECURE_REGISTRIES", "b.io:80, c.io", "MIRROR_CA_FILES", second.toString()));

        assertThat(settings.registries().insecureRegistries()).containsExactlyInAnyOrder("a.io", "b.io:80", "c.io");
        assertThat(settings.registries().caFiles()).containsExactly(first, second);
    }

    @Test
    void readsTheProxyFromTheEnvironment() {
        WorkerSettings settings = settings(Map.of("https_proxy", "http://proxy:3128", "NO_PROXY", "a.io,.b.io"));

        assertThat(settings.registries().proxies().byScheme()).containsEntry("https", URI.create("http://proxy:3128"));
        assertThat(settings.registries().proxies().exempt()).containsExactly("a.io", ".b.io");
    }

    @Test
    void keepsMirrorsInTheOrderOfTheConfiguration() {
        options.registryMirrors = List.of("index.docker.io=cache.example.com:5000/hub");

        WorkerSettings settings = settings(Map.of("MIRROR_REGISTRY_MIRRORS", "docker.io=second.example.com,a.io=b.io"));

        assertThat(settings.mirrors().mirrors())
                .containsOnly(
                        Map.entry("docker.io", List.of("cache.example.com:5000/hub", "second.example.com")),
                        Map.entry("a.io", List.of("b.io")));
    }

    private WorkerSettings settings(Map<String, String> environment) {
        return WorkerSettings.of(options, new Environment(environment));
    }
}
