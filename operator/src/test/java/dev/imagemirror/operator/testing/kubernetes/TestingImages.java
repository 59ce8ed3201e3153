package dev.imagemirror.operator.testing.kubernetes;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Small images in docker-registries on loopback, and what stands there, asked without the project's own client. */
public final class TestingImages {
    private static final int LAYER = 1024;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private TestingImages() {}

    /** Pushes an image whose content depends on its name; gives the reference. */
    public static String push(DockerRegistryProcess registry, String name) throws IOException {
        return BigImage.push(registry, name, 1, 1, LAYER);
    }

    /** Has another tag of the registry name what {@code from}, of the same repository, names. */
    public static void retag(DockerRegistryProcess registry, String repository, String from, String to)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> manifest = manifest(registry.reference(repository + ":" + from));
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(url(registry.reference(repository + ":" + to)))
                        .header("Content-Type", MediaTypes.OCI_INDEX)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest.body()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("not tagged: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** The digest of what a tag names, or null if there is no such tag. */
    public static Digest digest(String reference) throws IOException, InterruptedException {
        HttpResponse<byte[]> manifest = manifest(reference);
        return switch (manifest.statusCode()) {
            case 200 -> Digest.sha256(manifest.body());
            case 404 -> null;
            default -> throw new IOException(reference + ": " + manifest.statusCode());
        };
    }

    private static HttpResponse<byte[]> manifest(String reference) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(url(reference))
                        .header("Accept", MediaTypes.OCI_INDEX + ", " + MediaTypes.OCI_MANIFEST)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI url(String reference) {
        int slash = reference.indexOf('/');
        int colon = reference.lastIndexOf(':');
        return URI.create("http://" + reference.substring(0, slash) + "/v2/" + reference.substring(slash + 1, colon)
                + "/manifests/" + reference.substring(colon + 1));
    }
}
