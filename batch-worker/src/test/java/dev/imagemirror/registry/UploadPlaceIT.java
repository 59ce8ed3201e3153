package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.http.Proxies;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.TestingTls;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a registry may send an upload. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadPlaceIT {
    private static final byte[] CONTENT = {1, 2, 3};

    private final TestingTls tls = TestingTls.shared();

    @AutoClose
    private final TestingRegistry registry =
            TestingRegistry.builder().tls(tls).basicAuth("joe", "secret").start();

    @AutoClose
    private final TestingRegistry elsewhere = TestingRegistry.start();

    private final Repository repository = new Repository(registry.authority(), "app");
    private final Digest digest = Digest.sha256(CONTENT);
    private final Descriptor blob = new Descriptor("application/octet-stream", digest, CONTENT.length);

    @AutoClose
    private RegistryClient client;

    @BeforeEach
    void connect(@TempDir Path directory) throws Exception {
        RegistrySettings settings =
                TestingSettings.onLoopback().reaching(Set.of(), List.of(tls.writeCaPem(directory)), Proxies.NONE);
        client = TestingClient.trying(3, settings, joe());
    }

    private static CredentialProvider joe() {
        return (registry, repository) -> Optional.of(new Credential.Basic("joe", "secret"));
    }

    private void relocate(UnaryOperator<String> change) {
        registry.fault(Fault.on("POST", ".*")
                .always()
                .then(Faults.alter(response -> response.headers()
                        .first("Location")
                        .map(location -> response.with("Location", change.apply(location)))
                        .orElse(response))));
    }

    @Test
    void keepsTheSchemeWhereTheRegistryCallsItselfByPlainHttp() throws Exception {
        relocate(location -> location.replace("https://", "http://"));

        URI session = client.startUpload(repository, digest);
        client.putBlob(repository, session, blob, out -> out.write(CONTENT));

        assertThat(session).hasScheme("https");
        assertThat(registry.content().blobs("app")).containsExactly(digest.toString());
    }

    @Test
    void neverLeadsFromHttpsToPlainHttpElsewhere() {
        relocate(location -> elsewhere.url() + "/v2/app/blobs/uploads/1");

        assertThatThrownBy(() -> client.startUpload(repository, digest))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REFUSED))
                .hasMessageContaining("opens an upload at plain HTTP");

        assertThat(registry.requests("POST", ".*"))
                .filteredOn(request -> request.status() == 202)
                .as("not tried again")
                .hasSize(1);
    }

    /** Its own host, but what goes there by plain HTTP has credentials. */
    @Test
    void neverUsesAPlainHttpTokenEndpointForAnHttpsRegistry() {
        String realm = "Bearer realm=\"" + elsewhere.url() + "/token\",service=\"s\"";
        registry.fault(Fault.on("POST", ".*")
                .always()
                .then(Faults.status(401, Headers.of(Map.of("WWW-Authenticate", realm)), "")));

        assertThatThrownBy(() -> client.startUpload(repository, digest))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ACCESS_DENIED))
                .hasMessageContaining("not used");

        assertThat(elsewhere.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void isNotMovedOnceTheBodyIsSent(int status) throws Exception {
        URI session = client.startUpload(repository, digest);
        registry.fault(Fault.on("PUT", ".*")
                .always()
                .then(Faults.status(
                        status,
                        dev.imagemirror.testing.http.Headers.of(Map.of("Location", "/v2/app/blobs/uploads/else")),
                        "")));

        assertThatThrownBy(() -> client.putBlob(repository, session, blob, out -> out.write(CONTENT)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REFUSED))
                .hasMessageContaining("redirected an upload (" + status + ")");

        assertThat(registry.requests("PUT", ".*")).hasSize(1);
    }
}
