package dev.imagemirror.operator.testing.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The directory of one API server: its keys, its users, its data and its logs. Only its owner can read it. */
final class ServerFiles {
    private final Path directory;
    private final String adminToken = UUID.randomUUID().toString();

    private ServerFiles(Path directory) {
        this.directory = directory;
    }

    static ServerFiles create() throws IOException {
        ServerFiles files = new ServerFiles(Files.createTempDirectory("kubernetes"));
        Files.writeString(files.tokens(), files.adminToken + ",admin,admin,system:masters\n");
        Files.writeString(files.signingKey(), newKey());
        Files.writeString(files.auditPolicy(), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, userGroups: ["system:serviceaccounts"]}
                - {level: None}
                """);
        return files;
    }

    Path etcdData() {
        return directory.resolve("etcd");
    }

    Path etcdLog() {
        return directory.resolve("etcd.log");
    }

    Path apiServerLog() {
        return directory.resolve("kube-apiserver.log");
    }

    /** Has requests of service accounts noted. */
    Path auditPolicy() {
        return directory.resolve("audit-policy.yaml");
    }

    /** What service accounts have asked for, a JSON document a line. */
    Path auditLog() {
        return directory.resolve("audit.log");
    }

    /** What the static users show, a line each: token, name, id, groups. */
    Path tokens() {
        return directory.resolve("tokens.csv");
    }

    /** Signs the tokens of service accounts. */
    Path signingKey() {
        return directory.resolve("service-accounts.pem");
    }

    /** Where the server puts the certificate that it makes for itself. */
    Path certificates() {
        return directory.resolve("certificates");
    }

    /** The server's certificate and the authority that issued it; there once the server has started. */
    Path certificate() {
        return certificates().resolve("apiserver.crt");
    }

    String adminToken() {
        return adminToken;
    }

    /** Writes a kubeconfig that shows {@code token} to the server at {@code url}. */
    Path writeKubeconfig(URI url, String token) throws IOException {
        String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
        return Files.writeString(
                Files.createTempFile(directory, "kubeconfig", ".yaml"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: testing
                  cluster: {server: "%s", certificate-authority-data: "%s"}
                users:
                - name: testing
                  user: {token: "%s"}
                contexts:
                - name: testing
                  context: {cluster: testing, user: testing, namespace: default}
                current-context: testing
                """.formatted(url, authority, token));
    }

    /** Removes all of it. */
    void delete() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key);
            return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
