package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.RegistryAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressesTest {
    private final RegistryAddresses addresses =
            new RegistryAddresses(Set.of("insecure.example.com", "half.example.com:5000", "[2001:db8::1]"));

    @ParameterizedTest
    @CsvSource({
        "docker.io,                 https://registry-1.docker.io",
        "ghcr.io,                   https://ghcr.io",
        "registry.example.com:5000, https://registry.example.com:5000",
        "registry.example.com:80,   https://registry.example.com:80",
        "half.example.com,          https://half.example.com",
        "half.example.com:5001,     https://half.example.com:5001",
        "10.0.0.1:5000,             https://10.0.0.1:5000",
        "[2001:db8::2]:5000,        https://[2001:db8::2]:5000",
    })
    void areHttps(String registry, String base) {
        RegistryAddress address = addresses.of(registry);

        assertThat(address).isEqualTo(new RegistryAddress(registry, URI.create(base), false));
        assertThat(address.isPlainHttp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:5000",
                "127.0.0.1:5000",
                "[::1]:5000",
                "insecure.example.com",
                "insecure.example.com:5000",
                "half.example.com:5000",
                "[2001:db8::1]",
                "[2001:db8::1]:5000"
            })
    void arePlainHttpAtFirstForLoopbackAndInsecureRegistries(String registry) {
        RegistryAddress address = addresses.of(registry);

        assertThat(address).isEqualTo(new RegistryAddress(registry, URI.create("http://" + registry), true));
        assertThat(address.isPlainHttp()).isTrue();
    }

    @Test
    void stayPlainOnceThatWasAnswered() {
        addresses.proven(addresses.of("localhost:5000"));

        assertThat(addresses.of("localhost:5000").isUnproven()).isFalse();
        assertThat(addresses.of("localhost:5000").isPlainHttp()).isTrue();
        assertThat(addresses.of("localhost:5001").isUnproven()).isTrue();
    }

    @Test
    void stayHttpsWhenThatWasAnswered() {
        addresses.proven(addresses.of("ghcr.io"));

        assertThat(addresses.of("ghcr.io").isPlainHttp()).isFalse();
    }

    @Test
    void becomeHttpsIfPlainHttpIsUnsupported() {
        assertThat(addresses.switchToTls("localhost:5000").base()).hasToString("https://localhost:5000");
        assertThat(addresses.of("localhost:5000").base()).hasToString("https://localhost:5000");
    }

    @Test
    void becomePlainAgainIfTlsIsUnsupportedToo() {
        addresses.switchToTls("localhost:5000");

        assertThat(addresses.switchToPlain("localhost:5000"))
                .isEqualTo(new RegistryAddress("localhost:5000", URI.create("http://localhost:5000"), false));
        assertThat(addresses.of("localhost:5000").isPlainHttp()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a.io,        https://a.io/v2/x,            true",
        "a.io,        https://A.IO:443/v2/x,        true",
        "a.io,        http://a.io/v2/x,             false",
        "a.io,        https://a.io:444/v2/x,        false",
        "a.io,        https://b.io/v2/x,            false",
        "a.io,        https://sub.a.io/v2/x,        false",
        "a.io,        https://a.io.evil.example/x,  false",
        "a.io,        https://a.io@evil.example/x,  false",
        "docker.io,   https://registry-1.docker.io/x, true",
        "docker.io,   https://docker.io/x,          false",
        "localhost:5000, http://localhost:5000/x,   true",
        "localhost:5000, http://localhost:5001/x,   false",
        "localhost:5000, https://localhost:5000/x,  false",
        "localhost,   http://localhost:80/x,        true",
        "[::1]:5000,  'http://[::1]:5000/x',        true",
        "a.io,        mailto:x@a.io,                false",
    })
    void knowWhoMaySeeTheirCredentials(String registry, String uri, boolean may) {
        assertThat(addresses.of(registry).isOrigin(URI.create(uri))).isEqualTo(may);
    }

    @Test
    void resolvePathsOfTheApi() {
        assertThat(addresses.of("docker.io").resolve("/v2/library/golang/manifests/1"))
                .hasToString("https://registry-1.docker.io/v2/library/golang/manifests/1");
    }
}
