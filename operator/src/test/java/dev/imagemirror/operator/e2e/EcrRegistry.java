package dev.imagemirror.operator.e2e;

import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.Digest;
import dev.imagemirror.testing.TestingProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The other half of ECR: moto knows its API, but serves no images. A docker-registry with TLS stands in for the
 * registry, with ECR's host name in its certificate, reached through a proxy that leads that name to it, and wants the
 * token that moto's {@code GetAuthorizationToken} gives. What is pushed to the one has to be told to the other. A second one
 * is the public gallery.
 */
final class EcrRegistry implements AutoCloseable {
    static final String HOST = AwsAccount.ID + ".dkr.ecr.us-east-1.amazonaws.com";

    static final String GALLERY = "public.ecr.aws";

    private static final String REPOSITORIES = "arn:aws:ecr:us-east-1:" + AwsAccount.ID + ":repository/";
    private static final String USER = "AWS";
    private static final String TOKEN = AwsAccount.ID + "-auth-token";
    private static final String CREDENTIALS = USER + ":" + TOKEN;

    /** What the programs call themselves at registries, by who they are at AWS. */
    private static final Map<String, String> AGENTS =
            Map.of(Site.OPERATOR, "image-mirror-operator", Site.WORKER, "image-mirror");

    private final DockerRegistryProcess registry;
    private final DockerRegistryProcess gallery;
    private final TestingProxy proxy;
    private final Path certificate;

    private EcrRegistry(
            DockerRegistryProcess registry, DockerRegistryProcess gallery, TestingProxy proxy, Path certificate) {
        this.registry = registry;
        this.gallery = gallery;
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
                "subjectAltName=DNS:" + HOST + ",DNS:" + GALLERY,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Path users = Files.writeString(directory.resolve("htpasswd"), Peers.check("htpasswd", "-Bbn", USER, TOKEN));
        DockerRegistryProcess.Options options = new DockerRegistryProcess.Options(users, certificate, key);
        DockerRegistryProcess registry = DockerRegistryProcess.start(directory, options);
        DockerRegistryProcess gallery = DockerRegistryProcess.start(directory.resolve("gallery"), options);
        TestingProxy proxy = TestingProxy.start()
                .route(HOST + ":443", registry.authority())
                .route(GALLERY + ":443", gallery.authority());
        return new EcrRegistry(registry, gallery, proxy, certificate);
    }

    /** What {@code GetAuthorizationToken} of the gallery, which moto does not know, answers ("AuthorizationData"). */
    static String galleryToken() {
        String token = Base64.getEncoder().encodeToString(CREDENTIALS.getBytes(StandardCharsets.UTF_8));
        long end = Instant.now().plus(Duration.ofHours(12)).getEpochSecond();
        return "{\"authorizationData\": {\"authorizationToken\": \"%s\", \"expiresAt\": %d}}".formatted(token, end);
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
        copy(from, to);
        String manifest = Peers.check("skopeo", "inspect", "--raw", "--tls-verify=false", "--creds=" + CREDENTIALS, to);
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

    /** Puts an image into the public gallery. */
    void publish(String from, String repositoryAndTag) throws IOException, InterruptedException {
        copy(from, "docker://" + gallery.reference(repositoryAndTag));
    }

    private static void copy(String from, String to) throws IOException, InterruptedException {
        Peers.check(
                "skopeo",
                "copy",
                "-q",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--dest-creds=" + CREDENTIALS,
                "docker://" + from,
                to);
    }

    /** What the requests to the account's registry, by the program with this access key, need of IAM. */
    List<CallLog.Entry> calls(String key) throws IOException {
        return RegistryCalls.of(
                key,
                REPOSITORIES,
                registry.requests().stream()
                        .filter(request -> request.userAgent().equals(AGENTS.get(key)))
                        .toList());
    }

    @Override
    public void close() {
        proxy.close();
        registry.close();
        gallery.close();
    }
}
