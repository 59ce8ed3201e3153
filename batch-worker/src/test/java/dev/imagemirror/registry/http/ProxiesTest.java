package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final URI HTTPS = URI.create("http://secure-proxy:3128");
    private static final URI HTTP = URI.create("http://proxy:3128");

    @Test
    void areChosenByScheme() {
        Proxies proxies = new Proxies(Map.of("https", HTTPS, "http", HTTP), List.of());

        assertThat(proxies.proxyFor("https", "docker.io", 443)).hasValue(HTTPS);
        assertThat(proxies.proxyFor("HTTPS", "docker.io", 443)).hasValue(HTTPS);
        assertThat(proxies.proxyFor("http", "docker.io", 80)).hasValue(HTTP);
    }

    @Test
    void areNotUsedForOtherSchemes() {
        Proxies proxies = new Proxies(Map.of("https", HTTPS), List.of());

        assertThat(proxies.proxyFor("http", "docker.io", 80)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void areNeverUsedForLoopback(String host) {
        assertThat(new Proxies(Map.of("https", HTTPS, "http", HTTP), List.of()).proxyFor("http", host, 5000))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.io,      a.io,        443,  true",
        "a.io,      A.IO,        443,  true",
        "A.io,      a.io,        443,  true",
        "a.io,      sub.a.io,    443,  true",
        "a.io,      nota.io,     443,  false",
        "a.io,      a.io.evil,   443,  false",
        ".a.io,     sub.a.io,    443,  true",
        ".a.io,     a.io,        443,  true",
        "*.a.io,    sub.a.io,    443,  true",
        "a.io:5000, a.io,        5000, true",
        "a.io:5000, a.io,        443,  false",
        "*,         anything.io, 443,  true",
        "10.0.0.1,  10.0.0.1,    443,  true",
        "10.0.0.1,  110.0.0.1,   443,  false",
        "'b.io, a.io', a.io,     443,  true",
        "'b.io a.io',  a.io,     443,  true",
        "',,',      a.io,        443,  false",
        "' ',       a.io,        443,  false",
    })
    void areNotUsedForExemptHosts(String exempt, String host, int port, boolean direct) {
        Proxies proxies = Proxies.fromEnvironment(Map.of("HTTPS_PROXY", HTTPS.toString(), "NO_PROXY", exempt));

        assertThat(proxies.proxyFor("https", host, port)).isEqualTo(direct ? Optional.empty() : Optional.of(HTTPS));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy:3128,        http://proxy:3128",
        "https_proxy, http://proxy:3128,        http://proxy:3128",
        "HTTPS_PROXY, ' http://proxy:3128 ',    http://proxy:3128",
        "HTTPS_PROXY, proxy:3128,               http://proxy:3128",
        "HTTPS_PROXY, proxy,                    http://proxy",
        "HTTPS_PROXY, http://me:pw@proxy:3128/, http://me:pw@proxy:3128/",
        "HTTPS_PROXY, 'http://[::1]:3128',      'http://[::1]:3128'",
    })
    void areReadFromTheEnvironment(String name, String value, String uri) {
        assertThat(Proxies.fromEnvironment(Map.of(name, value)).byScheme())
                .containsExactly(Map.entry("https", URI.create(uri)));
    }

    @Test
    void areNoneWithoutVariablesOrWithBlankOnes() {
        assertThat(Proxies.fromEnvironment(Map.of())).isEqualTo(Proxies.NONE);
        assertThat(Proxies.fromEnvironment(Map.of("HTTPS_PROXY", "", "HTTP_PROXY", " ", "NO_PROXY", "")))
                .isEqualTo(Proxies.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://proxy:3128", "socks5://proxy:1080", "http://", "http:///x", "pro xy", "http://pro_xy"})
    void areRefusedIfTheyAreNoAddress(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxies.fromEnvironment(Map.of("HTTP_PROXY", value)))
                .withMessage(
                        "HTTP_PROXY is not a proxy address; write http://host:port or http://user:password@host:port");
    }
}
