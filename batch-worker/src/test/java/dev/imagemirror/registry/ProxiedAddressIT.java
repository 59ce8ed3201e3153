package dev.imagemirror.registry;

import static dev.imagemirror.registry.GuardedNetwork.PUBLIC;
import static dev.imagemirror.registry.GuardedNetwork.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.testing.TestingProxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which addresses are judged where a proxy connects to them, in a network whose names lead wherever a test wants. */
class ProxiedAddressIT {
    @AutoClose
    private final GuardedNetwork net = new GuardedNetwork();

    @Test
    void judgesNamesByTheirTextAloneBehindAProxy() throws Exception {
        try (TestingProxy proxy = TestingProxy.start().route("registry.example:80", net.registry.authority())) {
            net.network.name("proxy.example", "127.0.0.1").server("127.0.0.1", 3128, proxy.port());
            net.use(net.settings.reaching(
                    Set.of("registry.example", "169.254.169.254", "0x7f000001", "metadata.google.internal"),
                    List.of(),
                    new Proxies(Map.of("http", URI.create("http://proxy.example:3128")), List.of())));

            assertThat(net.digest("registry.example")).hasToString(net.image.digest());
            int asked = proxy.requests().size();
            for (String host : List.of("169.254.169.254", "0x7f000001", "metadata.google.internal", "localhost")) {
                refused(() -> net.digest(host));
            }

            assertThat(asked).isEqualTo(1);
            assertThat(proxy.requests()).hasSize(asked);
            assertThat(net.network.connections()).containsOnly("127.0.0.1:3128");
        }
    }

    @Test
    void judgesByItsAddressWhatNoProxyExempts() throws Exception {
        Proxies proxies = new Proxies(
                Map.of("http", URI.create("http://proxy.example:3128")),
                List.of("registry.example", "metadata.example"));
        net.use(net.settings.reaching(Set.of("registry.example", "metadata.example"), List.of(), proxies));
        net.network.name("registry.example", PUBLIC).name("metadata.example", "169.254.169.254");

        assertThat(net.digest("registry.example")).hasToString(net.image.digest());
        refused(() -> net.digest("metadata.example"));

        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void checksTheProxysOwnAddressWhenAReferenceNamesIt() {
        net.network.server("127.0.0.1", 3128, net.inside.port());
        net.use(net.settings.reaching(
                Set.of(), List.of(), new Proxies(Map.of("http", URI.create("http://127.0.0.1:3128")), List.of())));

        refused(() -> net.digest("127.0.0.1:3128"));

        assertThat(net.inside.requests()).isEmpty();
    }
}
