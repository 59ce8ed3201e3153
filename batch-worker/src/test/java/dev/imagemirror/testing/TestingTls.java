package dev.imagemirror.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of its own and a server certificate from it for 127.0.0.1 and localhost, made by the JDK's
 * keytool when first needed. Making one takes about a second, so tests share {@link #shared()}.
 */
public final class TestingTls {
    private static final String PASSWORD = "changeit";

    private final SSLContext server;
    private final SSLContext client;
    private final String caPem;

    private TestingTls(KeyStore store) throws GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trust.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store cannot fail to load", e);
        }
        trust.setCertificateEntry("ca", store.getCertificate("ca"));
        // Else the server might choose the authority's own key.
        store.deleteEntry("ca");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        server = SSLContext.getInstance("TLS");
        server.init(keys.getKeyManagers(), null, null);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        client = SSLContext.getInstance("TLS");
        client.init(null, trusted.getTrustManagers(), null);
        caPem = pem(trust.getCertificate("ca").getEncoded());
    }

    /** The one that tests share unless they need a second authority. */
    public static TestingTls shared() {
        return Shared.TLS;
    }

    /** A new authority, which nobody trusts yet, and a server certificate that has these further host names. */
    public static TestingTls create(String... names) {
        try {
            Path directory = Files.createTempDirectory("testing-tls");
            Path store = directory.resolve("keys.p12");
            try {
                return new TestingTls(generate(store, names));
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a test certificate", e);
        }
    }

    /** The authority's certificate in PEM form. */
    public String caPem() {
        return caPem;
    }

    /** Writes the authority's certificate into a new file {@code ca.crt} of the directory. */
    public Path writeCaPem(Path directory) throws IOException {
        return Files.writeString(directory.resolve("ca.crt"), caPem, StandardCharsets.US_ASCII);
    }

    /** For servers. */
    public SSLContext serverContext() {
        return server;
    }

    /** For clients that trust this authority and no other. */
    public SSLContext clientContext() {
        return client;
    }

    private static KeyStore generate(Path store, String... names) throws IOException, GeneralSecurityException {
        keytool(
                store,
                "-alias",
                "ca",
                "-dname",
                "CN=testing authority",
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "ku:c=keyCertSign");
        String further = Stream.of(names).map(name -> ",dns:" + name).collect(Collectors.joining());
        keytool(
                store,
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-signer",
                "ca",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost" + further);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(store))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void keytool(Path store, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static String pem(byte[] certificate) {
        byte[] lineEnd = {'\n'};
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static final class Shared {
        static final TestingTls TLS = create();
    }
}
