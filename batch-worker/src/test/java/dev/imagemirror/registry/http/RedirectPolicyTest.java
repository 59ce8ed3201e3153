package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Literals and schemes; what names mean is judged when they are connected to. */
class RedirectPolicyTest {
    private static final RegistryAddress PUBLIC = RegistryAddress.https("203.0.113.1");
    private static final RegistryAddress INTERNAL = RegistryAddress.https("10.0.0.1:5000");
    private static final RegistryAddress LOCAL = RegistryAddress.http("localhost:5000", false);

    private final RedirectPolicy policy = new RedirectPolicy();

    @ParameterizedTest
    @CsvSource({
        "https://203.0.113.9/blob?sig=a%2Fb, https://203.0.113.9/blob?sig=a%2Fb",
        "HTTPS://203.0.113.9/blob,           HTTPS://203.0.113.9/blob",
        "https://203.0.113.1:8443/blob,      https://203.0.113.1:8443/blob",
        "'https://[2001:db8::1]/blob',       'https://[2001:db8::1]/blob'",
        "//203.0.113.9/blob,                 https://203.0.113.9/blob",
        "/v2/other,                          https://203.0.113.1/v2/other",
        "other,                              https://203.0.113.1/v2/a/blobs/other",
    })
    void leadsToOtherPublicHosts(String location, String target) throws Exception {
        assertThat(follow(PUBLIC, location)).hasToString(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/x",
                "https://a.localhost/x",
                "https://127.0.0.1:5000/x",
                "https://[::1]/x",
                "https://[::ffff:127.0.0.1]/x",
                "https://10.0.0.1/x",
                "https://172.16.0.1/x",
                "https://192.168.0.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[fe80::1]/x",
                "https://[fd00:ec2::254]/x",
                "https://0.0.0.0/x",
                "https://2130706433/x"
            })
    void doesNotLeadToInternalAddressesFromAPublicRegistry(String location) {
        assertThatThrownBy(() -> follow(PUBLIC, location))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_ALLOWED))
                .hasMessageStartingWith("registry.example.com/a/b:1: registry.example.com redirects to the internal")
                .hasMessageEndingWith(", which is not followed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.2/x", "https://127.0.0.1/x", "https://203.0.113.1/x"})
    void leadsAnywhereFromAnInternalRegistry(String location) throws Exception {
        assertThat(follow(INTERNAL, location)).hasToString(location);
        assertThat(follow(LOCAL, location)).hasToString(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://203.0.113.9/x", "http://203.0.113.1/v2/x", "HTTP://203.0.113.9/x"})
    void doesNotLeadFromHttpsToPlainHttp(String location) {
        assertThatThrownBy(() -> follow(PUBLIC, location))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("redirects to plain HTTP at 203.0.113.");
    }

    @Test
    void leadsFromPlainHttpToPlainHttp() throws Exception {
        assertThat(follow(LOCAL, "http://localhost:5001/x")).hasToString("http://localhost:5001/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://203.0.113.9/x", "file:///etc/passwd", "mailto:a@b", "https:///x", "https://a_b/x"})
    void leadsToHttpOnly(String location) {
        assertThatThrownBy(() -> follow(PUBLIC, location))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("redirects to a Location that is not an HTTP address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://203.0.113.9/a b", "https://[", "%zz", ":"})
    void needsAUri(String location) {
        assertThatThrownBy(() -> follow(PUBLIC, location))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REFUSED))
                .hasMessageContaining("a Location that is not a URI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void needsALocation(String location) {
        assertThatThrownBy(() -> follow(PUBLIC, location))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REFUSED))
                .hasMessageContaining("redirects to nowhere");
    }

    @Test
    void leavesNamesToTheConnection() throws Exception {
        assertThat(follow(PUBLIC, "https://name.invalid/x")).hasToString("https://name.invalid/x");
    }

    @ParameterizedTest
    @CsvSource({
        "https://203.0.113.1/v2/a/blobs/uploads/1?s=a%2Fb, https://203.0.113.1/v2/a/blobs/uploads/1?s=a%2Fb",
        "http://203.0.113.1/v2/u?s=a%2Fb,                  https://203.0.113.1/v2/u?s=a%2Fb",
        "http://203.0.113.1:80/v2/u,                       https://203.0.113.1/v2/u",
        "http://203.0.113.1:443/v2/u,                      https://203.0.113.1/v2/u",
        "https://203.0.113.9/v2/u,                         https://203.0.113.9/v2/u",
        "https://203.0.113.1:8443/v2/u,                    https://203.0.113.1:8443/v2/u",
    })
    void letsUploadsKeepTheRegistrysSchemeOrGoToOtherPublicHosts(String location, String session) throws Exception {
        assertThat(session(PUBLIC, location)).hasToString(session);
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:5000/v2/u,  https://10.0.0.1:5000/v2/u",
        "https://10.0.0.2:5000/v2/u, https://10.0.0.2:5000/v2/u",
    })
    void letsUploadsOfAnInternalRegistryGoToOtherInternalHosts(String location, String session) throws Exception {
        assertThat(session(INTERNAL, location)).hasToString(session);
    }

    @ParameterizedTest
    @CsvSource({
        "http://203.0.113.9/u,      'plain HTTP at 203.0.113.9',               REFUSED",
        "http://203.0.113.1:8080/u, 'plain HTTP at 203.0.113.1',               REFUSED",
        "https://10.0.0.1/u,        'the internal address 10.0.0.1',           NOT_ALLOWED",
        "https://169.254.169.254/u, 'the internal address 169.254.169.254',    NOT_ALLOWED",
        "ftp://203.0.113.9/u,       'a Location that is not an HTTP address',      REFUSED",
    })
    void refusesUploadsElsewhere(String location, String where, ErrorKind kind) {
        assertThatThrownBy(() -> session(PUBLIC, location))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage("registry.example.com/a/b:1: registry.example.com opens an upload at " + where
                        + ", which is not followed");
    }

    private URI session(RegistryAddress from, String location) throws RegistryException {
        return policy.session(TestingEndpoint.push(), from, URI.create(location));
    }

    private URI follow(RegistryAddress from, String location) throws RegistryException {
        return policy.follow(TestingEndpoint.pull(), from, from.resolve("/v2/a/blobs/1"), location);
    }
}
