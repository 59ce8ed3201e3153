package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressClassTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "8.8.8.8,                  PUBLIC",
        "1.1.1.1,                  PUBLIC",
        "9.255.255.255,            PUBLIC",
        "11.0.0.0,                 PUBLIC",
        "100.63.255.255,           PUBLIC",
        "100.128.0.0,              PUBLIC",
        "126.255.255.255,          PUBLIC",
        "128.0.0.0,                PUBLIC",
        "168.63.129.15,            PUBLIC",
        "169.253.255.255,          PUBLIC",
        "169.255.0.0,              PUBLIC",
        "172.15.255.255,           PUBLIC",
        "172.32.0.0,               PUBLIC",
        "192.167.255.255,          PUBLIC",
        "192.169.0.0,              PUBLIC",
        "223.255.255.255,          PUBLIC",
        "2001:4860:4860::8888,     PUBLIC",
        "2600:9000::1,             PUBLIC",
        "[2a00:1450::1],           PUBLIC",
        "fb00::1,                  PUBLIC",
        "134744072,                PUBLIC",
        "::ffff:8.8.8.8,           PUBLIC",
        "64:ff9b::8.8.8.8,         PUBLIC",
        "64:ff9b:1::8.8.8.8,       PUBLIC",
        "2002:808:808::1,          PUBLIC",
        "10.0.0.0,                 PRIVATE",
        "10.255.255.255,           PRIVATE",
        "172.16.0.1,               PRIVATE",
        "172.31.255.255,           PRIVATE",
        "192.168.0.1,              PRIVATE",
        "100.64.0.1,               PRIVATE",
        "100.127.255.255,          PRIVATE",
        "198.18.0.1,               PRIVATE",
        "192.0.0.8,                PRIVATE",
        "240.0.0.1,                PRIVATE",
        "167772161,                PRIVATE",
        "0xa000001,                PRIVATE",
        "012.0.0.1,                PRIVATE",
        "fc00::1,                  PRIVATE",
        "fd12:3456::1,             PRIVATE",
        "fec0::1,                  PRIVATE",
        "::ffff:10.0.0.1,          PRIVATE",
        "64:ff9b::10.0.0.1,        PRIVATE",
        "2002:c0a8:1::1,           PRIVATE",
        "127.0.0.1,                LOOPBACK",
        "127.255.255.254,          LOOPBACK",
        "127.1,                    LOOPBACK",
        "127.0.1,                  LOOPBACK",
        "127.0.0.1.,               LOOPBACK",
        "0x7f.1,                   LOOPBACK",
        "0X7F.0.0.1,               LOOPBACK",
        "0177.0.0.1,               LOOPBACK",
        "2130706433,               LOOPBACK",
        "017700000001,             LOOPBACK",
        "0x7f000001,               LOOPBACK",
        "::1,                      LOOPBACK",
        "[::1],                    LOOPBACK",
        "0:0:0:0:0:0:0:1,          LOOPBACK",
        "[::ffff:127.0.0.1],       LOOPBACK",
        "::ffff:7f00:1,            LOOPBACK",
        "::127.0.0.1,              LOOPBACK",
        "::ffff:0:127.0.0.1,       LOOPBACK",
        "64:ff9b::7f00:1,          LOOPBACK",
        "2002:7f00:1::,            LOOPBACK",
        "2001:0:7f00:1::,          BROADCAST",
        "2001:0:808:808::80ff:fffe, LOOPBACK",
        "2001:db8::5efe:127.0.0.1, LOOPBACK",
        "169.254.169.254,          LINK_LOCAL",
        "169.254.170.2,            LINK_LOCAL",
        "169.254.0.0,              LINK_LOCAL",
        "169.254.255.255,          LINK_LOCAL",
        "2852039166,               LINK_LOCAL",
        "0xa9fea9fe,               LINK_LOCAL",
        "0251.0376.0251.0376,      LINK_LOCAL",
        "169.254.43518,            LINK_LOCAL",
        "fe80::1,                  LINK_LOCAL",
        "fe80::1%eth0,             LINK_LOCAL",
        "[fe80::1%25eth0],         LINK_LOCAL",
        "febf::a9fe:a9fe,          LINK_LOCAL",
        "::ffff:169.254.169.254,   LINK_LOCAL",
        "::ffff:a9fe:a9fe,         LINK_LOCAL",
        "::169.254.169.254,        LINK_LOCAL",
        "64:ff9b::a9fe:a9fe,       LINK_LOCAL",
        "64:ff9b:1::169.254.169.254, LINK_LOCAL",
        "2002:a9fe:a9fe::,         LINK_LOCAL",
        "fd00:ec2::254,            METADATA",
        "fd00:ec2::23,             METADATA",
        "fd00:0ec2:0:0:0:0:0:0254, METADATA",
        "fd20:ce::254,             METADATA",
        "fd00:42::42,              METADATA",
        "100.100.100.200,          METADATA",
        "168.63.129.16,            METADATA",
        "192.0.0.192,              METADATA",
        "::ffff:100.100.100.200,   METADATA",
        "64:ff9b::a83f:8110,       METADATA",
        "2002:6464:64c8::1,        METADATA",
        "224.0.0.1,                MULTICAST",
        "239.255.255.255,          MULTICAST",
        "ff02::1,                  MULTICAST",
        "::ffff:224.0.0.1,         MULTICAST",
        "255.255.255.255,          BROADCAST",
        "4294967295,               BROADCAST",
        "64:ff9b::255.255.255.255, BROADCAST",
        "0.0.0.0,                  UNSPECIFIED",
        "0,                        UNSPECIFIED",
        "0x0,                      UNSPECIFIED",
        "0.1.2.3,                  UNSPECIFIED",
        "::,                       UNSPECIFIED",
        "[::],                     UNSPECIFIED",
        "::ffff:0.0.0.0,           UNSPECIFIED",
        "64:ff9b::,                UNSPECIFIED",
        "2002::1,                  UNSPECIFIED"
    })
    void judgesEverySpellingOfAnAddress(String literal, AddressClass expected) {
        assertThat(AddressClass.of(IpLiteral.parse(literal).orElseThrow())).isEqualTo(expected);
    }

    /** RFC 6052, section 2.4, for the prefixes that a network of RFC 8215 may choose. */
    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:a9:fe:a9fe::", "64:ff9b:1:0:a9:fea9:fe00::"})
    void findsTheAddressWhereverAGatewayLooksForIt(String literal) {
        assertThat(AddressClass.of(IpLiteral.parse(literal).orElseThrow()).isNever())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "registry.example.com",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.16777216",
                "127.0.0.256",
                "4294967296",
                "0x100000000",
                "08.0.0.1",
                "0x",
                "1..2",
                "-1",
                "1e3",
                "::1::",
                "[::1",
                "1:2:3",
                ":",
                "host:80",
                "a.0x7f"
            })
    void doesNotMistakeOtherTextForAnAddress(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
