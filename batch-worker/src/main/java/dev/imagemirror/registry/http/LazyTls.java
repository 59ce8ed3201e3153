package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/** TLS that is set up by the first connection that needs it: loading the platform's CA certificates takes time. */
final class LazyTls implements TlsSocketStrategy {
    private final List<Path> caFiles;
    private @Nullable TlsSocketStrategy strategy;

    LazyTls(List<Path> caFiles) {
        this.caFiles = caFiles;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return strategy().upgrade(socket, target, port, attachment, context);
    }

    private synchronized TlsSocketStrategy strategy() throws IOException {
        if (strategy == null) {
            try {
                strategy = new DefaultClientTlsStrategy(SSLContexts.custom()
                        .loadTrustMaterial(caFiles.isEmpty() ? null : authorities(), null)
                        .build());
            } catch (GeneralSecurityException e) {
                throw new RegistryException(ErrorKind.INTERNAL, "TLS cannot be set up: " + e.getMessage(), e);
            }
        }
        return strategy;
    }

    /**
     * The CA certificates of the platform and the files. In one store, since a context uses only the first of several
     * trust managers ({@link SSLContext#init}).
     */
    KeyStore authorities() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        List<Certificate> trusted = new ArrayList<>(ofPlatform());
        for (Path file : caFiles) {
            trusted.addAll(read(file));
        }
        for (int i = 0; i < trusted.size(); i++) {
            keys.setCertificateEntry("ca-" + i, trusted.get(i));
        }
        return keys;
    }

    private static List<Certificate> read(Path file) throws RegistryException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new RegistryException(
                    ErrorKind.INTERNAL, "CA file " + file + " cannot be read; give a PEM file: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> ofPlatform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .map(Certificate.class::cast)
                .toList();
    }
}
