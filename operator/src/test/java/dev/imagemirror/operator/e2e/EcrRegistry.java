package dev.imagemirror.operator.e2e;

import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.Digest;
import dev.imagemirror.testing.TestingProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The other half of ECR: moto knows its API, but serves no images. A docker-registry with TLS stands in for the
 * registry, with ECR's host name in its certificate, reached through a proxy that leads that name to it, and wants the
 * token that moto's {@code GetAuthorizationToken} gives. What is pushed to the one has to be told to the other.
 */
final class EcrRegistry implements AutoCloseable {
    static final String HOST = AwsAccount.ID + ".dkr.ecr.us-east-1.amazonaws.com";

    private static final String USER = "AWS";
    private static final String TOKEN = AwsAccount.ID + "-auth-token";

    private final DockerRegistryProcess registry;
    private final TestingProxy proxy;
    private final Path certificate;

    private EcrRegistry(DockerRegistryProcess registry, TestingProxy proxy, Path certificate) {
        this.registry = registry;
        this.proxy = proxy;
        this.certificate = certificate;
    }

    static EcrRegistry start(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        Peers.check(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + HOST,
                "-addext",
                "subjectAltName=DNS:" + HOST,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Path users = Files.writeString(directory.resolve("htpasswd"), Peers.check("htpasswd", "-Bbn", USER, TOKEN));
        DockerRegistryProcess registry =
                DockerRegistryProcess.start(directory, new DockerRegistryProcess.Options(users, certificate, key));
        TestingProxy proxy = TestingProxy.start().route(HOST + ":443", registry.authority());
        return new EcrRegistry(registry, proxy, certificate);
    }

    /** The variables by which operator and worker reach it. */
    Map<String, String> environment() {
        return Map.of(
                "HTTPS_PROXY", proxy.url(),
                "NO_PROXY", "127.0.0.1,localhost",
                "MIRROR_CA_FILES", certificate.toString(),
                "MIRROR_OPERATOR_REGISTRIES_CA_FILES", certificate.toString());
    }

    /** Pushes an image, which has to be of one platform, to the registry, tells ECR's API of it, and gives its digest. */
    Digest push(AwsCli aws, String from, String repository, String tag) throws IOException, InterruptedException {
        String to = "docker://" + registry.reference(repository + ":" + tag);
        String credentials = USER + ":" + TOKEN;
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--dest-creds=" + credentials,
                "docker://" + from,
                to);
        String manifest = Peers.check("skopeo", "inspect", "--raw", "--tls-verify=false", "--creds=" + credentials, to);
        Digest digest = Digest.sha256(manifest.getBytes(StandardCharsets.UTF_8));
        aws.run(
                "ecr",
                "put-image",
                "--repository-name=" + repository,
                "--image-tag=" + tag,
                // moto would make up another
                "--image-digest=" + digest,
                "--image-manifest=" + manifest);
        return digest;
    }

    @Override
    public void close() {
        proxy.close();
        registry.close();
    }
}
