package dev.imagemirror.registry;

import static dev.imagemirror.registry.GuardedNetwork.PUBLIC;
import static dev.imagemirror.registry.GuardedNetwork.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are connected to, in a network whose names lead wherever a test wants. */
class AddressGuardIT {
    private static final String SECRET = "INTERNAL-BODY";

    @AutoClose
    private final GuardedNetwork net = new GuardedNetwork();

    @Test
    void asksAPublicAddress() throws Exception {
        net.network.name("registry.example", PUBLIC);

        assertThat(net.digest("registry.example")).hasToString(net.image.digest());

        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
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
        RegistryException error = refused(() -> net.digest(host));

        assertThat(error)
                .hasMessageContaining(
                        host.replaceFirst(":[0-9]+$", "").replace("[", "").replace("]", ""));
        assertThat(net.network.connections()).isEmpty();
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
        net.network.name("registry.example", address);

        RegistryException error = refused(() -> net.digest("registry.example"));

        assertThat(error).hasMessageContaining("registry.example:80 has " + words);
        assertThat(net.network.connections()).isEmpty();
    }

    @Test
    void connectsToTheAllowedAmongTheAddressesOfAName() throws Exception {
        net.network.name("registry.example", "169.254.169.254", "127.0.0.1", PUBLIC, "fe80::1");

        assertThat(net.digest("registry.example")).hasToString(net.image.digest());

        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void triesNoForbiddenAddressWhereTheAllowedOneIsDead() {
        net.network.name("registry.example", "203.0.113.99", "169.254.169.254");

        assertThat(catchThrowableOfType(RegistryException.class, () -> net.digest("registry.example"))
                        .kind())
                .isEqualTo(ErrorKind.TEMPORARY);

        assertThat(net.network.connections()).containsOnly("203.0.113.99:80");
    }

    @Test
    void judgesEachAnswerOfDnsThatIsConnectedTo() throws Exception {
        net.network.name("registry.example", PUBLIC).name("registry.example", "169.254.169.254");
        net.registry.fault(Fault.on("HEAD", ".*").then(Faults.alter(response -> response.with("Connection", "close"))));
        net.digest("registry.example");

        refused(() -> net.digest("registry.example"));

        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
    }

    @Test
    void asksPrivateAddressesUnlessTheyAreForbidden() throws Exception {
        net.network.name("inner.example", "10.0.0.7").server("10.0.0.7", 80, net.inside.port());

        assertThat(net.digest("inner.example")).hasToString(net.image.digest());
        assertThat(net.digest("10.0.0.7")).hasToString(net.image.digest());
        net.use(net.settings.under(new AddressRule(Set.of(), false, AddressRule.STANDARD.settings())));
        net.inside.clearRequests();

        assertThat(refused(() -> net.digest("inner.example"))).hasMessageContaining("MIRROR_PRIVATE_ADDRESSES");
        assertThat(refused(() -> net.digest("10.0.0.7"))).hasMessageContaining("a private address");
        assertThat(net.inside.requests()).isEmpty();
    }

    @Test
    void asksThisMachineOnlyByTheHostsAndPortsThatAreListed() throws Exception {
        net.network.name("localhost", "127.0.0.1", "::1").server("127.0.0.1", 5000, net.inside.port());
        net.network.name("registry.example", "127.0.0.1");
        net.use(net.settings.under(AddressRule.STANDARD.withLoopback(Set.of("localhost:5000"))));

        assertThat(net.digest("localhost:5000")).hasToString(net.image.digest());

        assertThat(refused(() -> net.digest("localhost:5001"))).hasMessageContaining("MIRROR_LOOPBACK_REGISTRIES");
        refused(() -> net.digest("127.0.0.1:5000"));
        refused(() -> net.digest("registry.example"));
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
        net.network
                .name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, net.inside.port());
        net.registry.fault(Fault.on("*", ".*").always().then(Faults.redirect(location)));

        RegistryException error = refused(() -> net.digest("registry.example"));

        assertThat(error).hasMessageContaining("registry.example");
        assertThat(net.network.connections()).containsExactly(PUBLIC + ":80");
        assertThat(net.inside.requests()).isEmpty();
    }

    /** Where a HEAD is not followed, the manifest is asked for by GET, and a blob is not known. */
    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/", "http://metadata.example/", "http://inner.example/"})
    void ignoresAHeadThatAPublicRegistryRedirectsToAnInternalAddress(String location) throws Exception {
        net.network
                .name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, net.inside.port());
        net.registry.fault(Fault.on("HEAD", ".*").always().then(Faults.redirect(location)));
        Digest layer = Digest.parse(net.image.blobs().get(0).digest());

        assertThat(net.client().hasBlob(new Repository("registry.example", "app"), layer))
                .isFalse();
        assertThat(net.digest("registry.example")).hasToString(net.image.digest());

        assertThat(net.network.connections()).containsOnly(PUBLIC + ":80");
        assertThat(net.inside.requests()).isEmpty();
    }

    /** A connection that another registry may have is none that a public one may lead to. */
    @Test
    void neverReusesAnInternalConnectionForAPublicRegistrysRedirect() throws Exception {
        net.network
                .name("registry.example", PUBLIC)
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, net.inside.port());
        net.registry.fault(
                Fault.on("*", ".*").always().then(Faults.redirect("http://inner.example/v2/app/manifests/1")));
        net.digest("inner.example");
        net.inside.clearRequests();

        refused(() -> net.digest("registry.example"));

        assertThat(net.inside.requests()).isEmpty();
    }

    @Test
    void followsAnInternalRegistryToItsInternalStorage() throws Exception {
        net.network
                .name("inner.example", "10.0.0.7")
                .name("storage.example", "10.0.0.8")
                .server("10.0.0.7", 80, net.inside.port())
                .server("10.0.0.8", 80, net.registry.port());
        net.inside.fault(
                Fault.on("HEAD", ".*").always().then(Faults.redirect("http://storage.example/v2/app/manifests/1")));

        assertThat(net.digest("inner.example")).hasToString(net.image.digest());
    }

    @Test
    void followsNoRedirectOfAnInternalRegistryToMetadata() {
        net.network.name("inner.example", "10.0.0.7").server("10.0.0.7", 80, net.inside.port());
        net.inside.fault(Fault.on("*", ".*").always().then(Faults.redirect("http://169.254.169.254/latest")));

        refused(() -> net.digest("inner.example"));

        assertThat(net.network.connections()).containsExactly("10.0.0.7:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/u", "http://metadata.example/u", "http://inner.example/u"})
    void uploadsNothingFromAPublicRegistryToAnInternalAddress(String location) {
        net.network
                .name("registry.example", PUBLIC)
                .name("metadata.example", "169.254.169.254")
                .name("inner.example", "10.0.0.7")
                .server("10.0.0.7", 80, net.inside.port());
        net.registry.fault(
                Fault.on("POST", ".*").always().then(Faults.alter(response -> response.with("Location", location))));
        Repository repository = new Repository("registry.example", "app");
        byte[] content = {1, 2, 3};
        Descriptor blob = new Descriptor("application/octet-stream", Digest.sha256(content), content.length);

        refused(() -> {
            URI session = net.client().startUpload(repository, blob.digest());
            net.client().putBlob(repository, session, blob, out -> out.write(content));
        });

        assertThat(net.network.connections()).containsOnly(PUBLIC + ":80");
    }

    @Test
    void quotesNothingOfWhatDoesNotSpeakHttp() {
        net.network.name("registry.example", PUBLIC);
        net.registry.fault(Fault.on("HEAD", ".*").always().then(Faults.answer(Response.takenOver(0, (in, out) -> {
            out.write(
                    ("220 " + SECRET + " ready\r\n").repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.flush();
        }))));

        RegistryException error = catchThrowableOfType(RegistryException.class, () -> net.digest("registry.example"));

        assertThat(error).hasMessageNotContaining(SECRET);
    }
}
