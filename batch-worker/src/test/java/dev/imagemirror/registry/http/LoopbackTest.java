package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

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
                "[::ffff:127.0.0.1]:5000",
                "127.1",
                "0x7f.1",
                "2130706433",
                "017700000001:80",
                "localhost.:5000",
                "LOCALHOST"
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
    void isNotAnInvalidAddress(String host) {
        assertThat(Loopback.isLoopback(host)).isFalse();
    }
}
