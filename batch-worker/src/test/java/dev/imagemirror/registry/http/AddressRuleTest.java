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

        assertThat(rule.refusal(host, port, AddressClass.LOOPBACK)).isNull();
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

        assertThat(rule.refusal(host, port, AddressClass.LOOPBACK))
                .contains(host + ":" + port, "a loopback address", "the.list");
    }

    @Test
    void allowsPrivateAddressesUnlessTheyAreForbidden() {
        assertThat(AddressRule.STANDARD.refusal("host", 443, AddressClass.PRIVATE))
                .isNull();
        assertThat(STRICT.refusal("host", 443, AddressClass.PRIVATE))
                .contains("host:443", "a private address", "the.flag");
    }

    @ParameterizedTest
    @EnumSource(names = {"LINK_LOCAL", "METADATA", "MULTICAST", "BROADCAST", "UNSPECIFIED"})
    void allowsTheRestByNoSetting(AddressClass kind) {
        AddressRule rule = AddressRule.STANDARD.withLoopback(Set.of("host"));

        assertThat(rule.refusal("host", 443, kind)).contains("host:443", kind.words(), "never asked");
    }

    @Test
    void allowsPublicAddresses() {
        assertThat(STRICT.refusal("host", 443, AddressClass.PUBLIC)).isNull();
    }
}
