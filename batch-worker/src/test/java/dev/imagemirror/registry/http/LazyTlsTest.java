package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.TestingTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LazyTlsTest {
    @TempDir
    private Path directory;

    @Test
    void filesAddToThePlatformsAuthorities() throws Exception {
        KeyStore trusted = new LazyTls(List.of(TestingTls.shared().writeCaPem(directory))).authorities();

        List<Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(trusted.aliases())) {
            certificates.add(trusted.getCertificate(alias));
        }
        assertThat(certificates).hasSize(ofPlatform().size() + 1).containsAll(ofPlatform());
    }

    @Test
    void aFileThatIsNoCertificateIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");

        assertThatThrownBy(() -> new LazyTls(List.of(file)).authorities())
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
                .hasMessageContaining("CA file " + file + " cannot be read; give a PEM file");
    }

    private static List<Certificate> ofPlatform() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        TrustManager manager = factory.getTrustManagers()[0];
        return Arrays.asList(((X509TrustManager) manager).getAcceptedIssuers());
    }
}
