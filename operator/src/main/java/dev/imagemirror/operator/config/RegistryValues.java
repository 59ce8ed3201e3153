package dev.imagemirror.operator.config;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;

/** Parsers for registries and CA files. Each throws an {@link IllegalArgumentException} if the text is invalid. */
final class RegistryValues {
    private static final String SOME_REPOSITORY = "some/repository";

    private RegistryValues() {}

    /** Registries in canonical form, as in references. */
    static List<String> hosts(String text) {
        return Values.list(text).stream().map(RegistryValues::host).toList();
    }

    /** Hosts as written in rows; a port is kept, even the default one: without it, every port is meant. */
    static List<String> loopbackHosts(String text) {
        List<String> hosts = Values.list(text);
        hosts.forEach(RegistryValues::host);
        return hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    private static String host(String text) {
        ImageReference reference = ImageReference.parse(text + "/" + SOME_REPOSITORY + ":1");
        if (!reference.repository().equals(SOME_REPOSITORY)) {
            throw new IllegalArgumentException("no host");
        }
        return reference.registry();
    }

    /** Amazon ECR registries. */
    static List<String> ecrHosts(String text) {
        List<String> hosts = hosts(text);
        if (!hosts.stream().allMatch(host -> EcrRegistry.of(host).isPresent())) {
            throw new IllegalArgumentException("no ECR");
        }
        return hosts;
    }

    /** Files that contain certificates. */
    static List<Path> certificates(String text) {
        List<Path> files = Values.list(text).stream().map(Path::of).toList();
        files.forEach(RegistryValues::requireCertificates);
        return files;
    }

    private static void requireCertificates(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                throw new IllegalArgumentException("no certificate");
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("no file of certificates", e);
        }
    }
}
