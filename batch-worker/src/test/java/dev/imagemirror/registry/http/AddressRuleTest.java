package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AddressRuleTest {
    private static final AddressRule STRICT =
            new AddressRule(Set.of(), false, new AddressRule.Settings("the.list", "the.flag"));

    @ParameterizedTest
    @CsvSource({
        "localhost,        localhost,        5000",
        "localhost,        LocalHost.,       443",
        "localhost:5000,   localhost,        5000",
        "127.0.0.1,        127.1,            80",
        "127.0.0.1:5000,   2130706433,       5000",
        "[::1],            0:0:0:0:0:0:0:1,  5000",
        "[::1]:5000,       [::1],            5000",
        "::1,              [::1],            5000",
        "registry.local:80, registry.local,  80",
    })
    void allowsListedHostsOnThisMachine(String listed, String host, int port) {
        AddressRule rule = STRICT.withLoopback(Set.of(listed));

        assertThat(rule.refusal(host, port, AddressClass.LOOPBACK)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:5000,  localhost,       5001",
        "localhost:443,   localhost,       80",
        "localhost,       127.0.0.1,       5000",
        "localhost,       evil.localhost,  5000",
        "localhost,       localhost.evil,  5000",
        "127.0.0.1,       127.0.0.2,       5000",
        "[::1]:5000,      [::1],           50001",
        "[::1],           127.0.0.1,       5000",
    })
    void allowsNoOtherHostOnThisMachine(String listed, String host, int port) {
        AddressRule rule = STRICT.withLoopback(Set.of(listed));

        assertThat(rule.refusal(host, port, AddressClass.LOOPBACK).orElseThrow())
                .contains(host + ":" + port, "a loopback address", "the.list");
    }

    @Test
    void allowsPrivateAddressesUnlessTheyAreForbidden() {
        assertThat(AddressRule.STANDARD.refusal("host", 443, AddressClass.PRIVATE))
                .isEmpty();
        assertThat(STRICT.refusal("host", 443, AddressClass.PRIVATE).orElseThrow())
                .contains("host:443", "a private address", "the.flag");
    }

    @ParameterizedTest
    @EnumSource(names = {"LINK_LOCAL", "METADATA", "MULTICAST", "BROADCAST", "UNSPECIFIED"})
    void neverAllowsTheRest(AddressClass kind) {
        AddressRule rule = AddressRule.STANDARD.withLoopback(Set.of("host"));

        assertThat(rule.refusal("host", 443, kind).orElseThrow()).contains("host:443", kind.words(), "never allowed");
    }

    @Test
    void allowsPublicAddresses() {
        assertThat(STRICT.refusal("host", 443, AddressClass.PUBLIC)).isEmpty();
    }
}
