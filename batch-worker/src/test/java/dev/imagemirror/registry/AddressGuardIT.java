package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingProxy;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are connected to, in a network whose names lead wherever a test wants. */
class AddressGuardIT {
    private static final String PUBLIC = "203.0.113.10";
    private static final String SECRET = "INTERNAL-BODY";

    private final TestingRegistry registry = TestingRegistry.start();
    private final TestingRegistry inside = TestingRegistry.start();
    private final TestingNetwork network = new TestingNetwork().server(PUBLIC, 80, registry.port());
    private final TestingImage image = TestingImages.small(1);
    private final RegistrySettings settings = RegistrySettings.standard()
            .reaching(Set.of("registry.example", "10.0.0.7", "inner.example"), List.of(), Proxies.NONE);
    private RegistryClient client = client(settings);

    @BeforeEach
    void fill() {
        image.putInto(registry, "app", "1");
        image.putInto(inside, "app", "1");
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
        inside.close();
    }

    private RegistryClient client(RegistrySettings other) {
        MutableClock clock = MutableClock.atSomeInstant();
        return network.client(
                other,
                new RetryPolicy(
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        clock,
                        new TestingSleeper(clock),
                        new Random(1)));
    }

    private void use(RegistrySettings other) {
        client.close();
        client = client(other);
    }

    private Digest digest(String host) throws RegistryException {
        return client.digest(new Repository(host, "app"), "1");
    }

    private static RegistryException refused(ThrowingCallable question) {
        RegistryException error = catchThrowableOfType(RegistryException.class, question);
        assertThat(error).isNotNull();
        assertThat(error.kind()).as(error.getMessage()).isEqualTo(ErrorKind.NOT_ALLOWED);
        return error;
    }

    @Test
    void asksAPublicAddress() throws Exception {
        network.name("registry.example", PUBLIC);

        assertThat(digest("registry.example")).hasToString(image.digest());

        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost:5000",
                "127.0.0.1:5000",
                "127.9.9.9",
                "[::1]:5000",
                "[::ffff:127.0.0.1]",
                "0.0.0.0:5000",
                "[::]",
                "169.254.169.254",
                "169.254.170.2:80",
                "[fe80::a9fe:a9fe]",
                "[fd00:ec2::254]",
                "[64:ff9b::a9fe:a9fe]",
                "[2002:7f00:1::]",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "255.255.255.255",
                "0x7f000001:5000"
            })
    void connectsToNoForbiddenLiteral(String host) {
        RegistryException error = refused(() -> digest(host));

        assertThat(error)
                .hasMessageContaining(
                        host.replaceFirst(":[0-9]+$", "").replace("[", "").replace("]", ""));
        assertThat(network.connections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,          a loopback address",
        "::1,                a loopback address",
        "0.0.0.0,            an unspecified address",
        "169.254.169.254,    a link-local address",
        "::ffff:a9fe:a9fe,   a link-local address",
        "64:ff9b::7f00:1,    a loopback address",
        "fd00:ec2::23,       a metadata service's address",
        "239.0.0.1,          a multicast address"
    })
    void connectsToNoForbiddenAddressOfAName(String address, String words) {
        network.name("registry.example", address);

        RegistryException error = refused(() -> digest("registry.example"));

        assertThat(error).hasMessageContaining("registry.example:80 has " + words);
        assertThat(network.connections()).isEmpty();
    }

    @Test
    void connectsToTheAllowedAmongTheAddressesOfAName() throws Exception {
        network.name("registry.example", "169.254.169.254", "127.0.0.1", PUBLIC, "fe80::1");

        assertThat(digest("registry.example")).hasToString(image.digest());

        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void triesNoForbiddenAddressWhereTheAllowedOneIsDead() {
        network.name("registry.example", "203.0.113.99", "169.254.169.254");

        assertThat(catchThrowableOfType(RegistryException.class, () -> digest("registry.example"))
                        .kind())
                .isEqualTo(ErrorKind.TEMPORARY);

        assertThat(network.connections()).containsOnly("203.0.113.99:80");
    }

    @Test
    void judgesEachAnswerOfDnsThatIsConnectedTo() throws Exception {
        network.name("registry.example", PUBLIC).name("registry.example", "169.254.169.254");
        registry.fault(Fault.on("HEAD", ".*").then(Faults.alter(response -> response.with("Connection", "close"))));
        digest("registry.example");

        refused(() -> digest("registry.example"));

        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void asksPrivateAddressesUnlessTheyAreForbidden() throws Exception {
        network.name("inner.example", "10.0.0.7").server("10.0.0.7", 80, inside.port());

        assertThat(digest("inner.example")).hasToString(image.digest());
        assertThat(digest("10.0.0.7")).hasToString(image.digest());
        use(settings.under(new AddressRule(Set.of(), false, AddressRule.STANDARD.settings())));
        inside.clearRequests();

        assertThat(refused(() -> digest("inner.example"))).hasMessageContaining("MIRROR_PRIVATE_ADDRESSES");
        assertThat(refused(() -> digest("10.0.0.7"))).hasMessageContaining("a private address");
        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void asksThisMachineOnlyByTheHostsAndPortsThatAreListed() throws Exception {
        network.name("localhost", "127.0.0.1", "::1").server("127.0.0.1", 5000, inside.port());
        network.name("registry.example", "127.0.0.1");
        use(settings.under(AddressRule.STANDARD.withLoopback(Set.of("localhost:5000"))));

        assertThat(digest("localhost:5000")).hasToString(image.digest());

        assertThat(refused(() -> digest("localhost:5001"))).hasMessageContaining("MIRROR_LOOPBACK_REGISTRIES");
        refused(() -> digest("127.0.0.1:5000"));
        refused(() -> digest("registry.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://2130706433/",
                "http://[::ffff:127.0.0.1]/",
                "http://10.0.0.7/",
                "http://metadata.example/",
                "http://inner.example/v2/app/manifests/1"
            })
    void followsNoRedirectOfAPublicRegistryToAnInternalAddress(String location) {
        network.name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, inside.port());
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.redirect(location)));

        RegistryException error = refused(() -> digest("registry.example"));

        assertThat(error).hasMessageContaining("registry.example");
        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
        assertThat(inside.requests()).isEmpty();
    }

    /** A connection that another registry may have is none that a public one may lead to. */
    @Test
    void leadsAPublicRegistryOverNoConnectionOfAnInternalOne() throws Exception {
        network.name("registry.example", PUBLIC)
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, inside.port());
        registry.fault(
                Fault.on("HEAD", ".*").always().then(Faults.redirect("http://inner.example/v2/app/manifests/1")));
        digest("inner.example");
        inside.clearRequests();

        refused(() -> digest("registry.example"));

        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void followsAnInternalRegistryToItsInternalStorage() throws Exception {
        network.name("inner.example", "10.0.0.7")
                .name("storage.example", "10.0.0.8")
                .server("10.0.0.7", 80, inside.port())
                .server("10.0.0.8", 80, registry.port());
        inside.fault(
                Fault.on("HEAD", ".*").always().then(Faults.redirect("http://storage.example/v2/app/manifests/1")));

        assertThat(digest("inner.example")).hasToString(image.digest());
    }

    @Test
    void leadsNobodyFromAnInternalRegistryToMetadata() {
        network.name("inner.example", "10.0.0.7").server("10.0.0.7", 80, inside.port());
        inside.fault(Fault.on("HEAD", ".*").always().then(Faults.redirect("http://169.254.169.254/latest")));

        refused(() -> digest("inner.example"));

        assertThat(network.connections()).containsExactly("10.0.0.7:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/u", "http://metadata.example/u", "http://inner.example/u"})
    void uploadsNothingFromAPublicRegistryToAnInternalAddress(String location) {
        network.name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, inside.port());
        registry.fault(
                Fault.on("POST", ".*").always().then(Faults.alter(response -> response.with("Location", location))));
        Repository repository = new Repository("registry.example", "app");
        byte[] content = {1, 2, 3};
        Descriptor blob = new Descriptor("application/octet-stream", Digest.sha256(content), content.length);

        refused(() -> {
            URI session = client.startUpload(repository, blob.digest(), null);
            client.putBlob(repository, session, blob, out -> out.write(content));
        });

        assertThat(network.connections()).containsOnly(PUBLIC + ":80");
    }

    private void challenge(TestingRegistry challenger, String realm) {
        challenger.fault(Fault.on("HEAD", ".*")
                .always()
                .then(Faults.status(
                        401,
                        Headers.of(Map.of("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"s\"")),
                        "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/token",
                "https://10.0.0.7/token",
                "https://metadata.example/token",
                "https://inner.example/token",
                "https://localhost:8443/token"
            })
    void asksNoInternalAddressForATokenOfAPublicRegistry(String realm) {
        network.name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 443, inside.port());
        challenge(registry, realm);

        refused(() -> digest("registry.example"));

        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.7/token", "http://auth.example/token", "ftp://registry.example/token"})
    void asksForATokenByPlainHttpOnTheRegistrysOwnHostOnly(String realm) {
        network.name("registry.example", PUBLIC)
                .name("auth.example", "203.0.113.20")
                .server("203.0.113.20", 80, inside.port())
                .server("10.0.0.7", 80, inside.port());
        challenge(registry, realm);

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> digest("registry.example"));

        assertThat(error.kind()).isEqualTo(ErrorKind.ACCESS_DENIED);
        assertThat(error).hasMessageContaining("token endpoint").hasMessageContaining("not asked");
        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void asksNoOtherPortOfThisMachineForAToken() {
        network.server("127.0.0.1", 5000, registry.port()).server("127.0.0.1", 6000, inside.port());
        use(settings.under(AddressRule.STANDARD.withLoopback(Set.of("127.0.0.1:5000"))));
        challenge(registry, "http://127.0.0.1:6000/token");

        refused(() -> digest("127.0.0.1:5000"));

        assertThat(inside.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/plain,       INTERNAL-BODY",
        "200, application/json, '{\"secret\":\"INTERNAL-BODY\"}'",
        "400, application/json, '{\"secret\":\"INTERNAL-BODY\"}'",
        "403, text/plain,       INTERNAL-BODY",
        "403, application/json, '{\"errors\":[{\"code\":\"INTERNAL-BODY\",\"message\":\"INTERNAL-BODY\"}]}'",
        "404, text/html,        <p>INTERNAL-BODY</p>",
        "302, text/plain,       INTERNAL-BODY",
        "500, application/json, '{\"error\":\"INTERNAL-BODY\",\"error_description\":\"INTERNAL-BODY\"}'",
        "429, text/plain,       INTERNAL-BODY"
    })
    void showsNothingThatATokenEndpointAnswers(int status, String type, String body) {
        network.name("registry.example", PUBLIC);
        challenge(registry, "http://registry.example/token");
        registry.fault(Fault.on("GET", "/token").always().then(Faults.answer(Response.text(status, type, body))));

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> digest("registry.example"));

        assertThat(error).hasMessageContaining("token endpoint of registry.example");
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause)).doesNotContain(SECRET);
        }
    }

    @Test
    void showsTheCodeOfATokenEndpointIfItIsAKnownOne() {
        network.name("registry.example", PUBLIC);
        challenge(registry, "http://registry.example/token");
        registry.fault(Fault.on("GET", "/token")
                .always()
                .then(Faults.answer(Response.text(
                        403,
                        "application/json",
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + SECRET + "\"}]}"))));

        assertThat(catchThrowableOfType(RegistryException.class, () -> digest("registry.example")))
                .hasMessageContaining("answered 403 (DENIED)")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void judgesNamesByTheirTextAloneBehindAProxy() throws Exception {
        try (TestingProxy proxy = TestingProxy.start().route("registry.example:80", registry.authority())) {
            network.name("proxy.example", "127.0.0.1").server("127.0.0.1", 3128, proxy.port());
            use(settings.reaching(
                    Set.of("registry.example", "169.254.169.254", "0x7f000001", "metadata.google.internal"),
                    List.of(),
                    new Proxies(null, URI.create("http://proxy.example:3128"), List.of())));

            assertThat(digest("registry.example")).hasToString(image.digest());
            int asked = proxy.requests().size();
            for (String host : List.of("169.254.169.254", "0x7f000001", "metadata.google.internal", "localhost")) {
                refused(() -> digest(host));
            }

            assertThat(asked).isEqualTo(1);
            assertThat(proxy.requests()).hasSize(asked);
            assertThat(network.connections()).containsOnly("127.0.0.1:3128");
        }
    }

    @Test
    void judgesByItsAddressWhatNoProxyExempts() throws Exception {
        Proxies proxies = new Proxies(
                null, URI.create("http://proxy.example:3128"), List.of("registry.example", "metadata.example"));
        use(settings.reaching(Set.of("registry.example", "metadata.example"), List.of(), proxies));
        network.name("registry.example", PUBLIC).name("metadata.example", "169.254.169.254");

        assertThat(digest("registry.example")).hasToString(image.digest());
        refused(() -> digest("metadata.example"));

        assertThat(network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void judgesTheProxysOwnAddressWhereARowNamesIt() {
        network.server("127.0.0.1", 3128, inside.port());
        use(settings.reaching(Set.of(), List.of(), new Proxies(null, URI.create("http://127.0.0.1:3128"), List.of())));

        refused(() -> digest("127.0.0.1:3128"));

        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void quotesNothingOfWhatDoesNotSpeakHttp() {
        network.name("registry.example", PUBLIC);
        registry.fault(Fault.on("HEAD", ".*").always().then(Faults.answer(Response.takenOver(0, (in, out) -> {
            out.write(
                    ("220 " + SECRET + " ready\r\n").repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.flush();
        }))));

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> digest("registry.example"));

        assertThat(error).hasMessageNotContaining(SECRET);
    }
}
