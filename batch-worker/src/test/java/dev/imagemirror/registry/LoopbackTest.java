package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:5000",
                "registry.localhost",
                "registry.localhost:5000",
                "127.0.0.1",
                "127.0.0.1:5000",
                "127.255.255.254",
                "[::1]",
                "[::1]:5000",
                "::1",
                "[0:0:0:0:0:0:0:1]:5000",
                "[::ffff:127.0.0.1]:5000"
            })
    void isThisMachine(String host) {
        assertThat(Loopback.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "docker.io",
                "localhost.example.com",
                "localhost.example.com:5000",
                "notlocalhost",
                "127.0.0.1.example.com",
                "127.example.com:5000",
                "128.0.0.1",
                "10.0.0.1:5000",
                "192.168.1.1",
                "[::2]:5000",
                "[2001:db8::1]",
                "2001:db8::1"
            })
    void isNoOther(String host) {
        assertThat(Loopback.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"999.0.0.1", "127.0.0.256:5000", "127.0.0.999", "[::1", "[]", "[:::1]:80", "[1:2:3]", ":5000"})
    void isNothingThatIsNoAddress(String host) {
        assertThat(Loopback.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "0.0.0.0",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "::ffff:10.0.0.1"
            })
    void countsPrivateAddressesAsInternal(String address) throws Exception {
        assertThat(Loopback.isInternal(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "172.15.0.1", "11.0.0.1", "192.169.0.1", "2001:db8::1", "fb00::1"})
    void countsPublicAddressesAsExternal(String address) throws Exception {
        assertThat(Loopback.isInternal(InetAddress.getByName(address))).isFalse();
    }
}
