package dev.imagemirror.operator.bench;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A docker-registry with equal repositories, each with the same tags: one is pushed, the others are copies of its
 * directory.
 */
final class FullRegistry implements AutoCloseable {
    private static final String FIRST = "from/app000";

    private final DockerRegistryProcess registry;
    private final int repositories;
    private final int tags;

    private FullRegistry(DockerRegistryProcess registry, int repositories, int tags) {
        this.registry = registry;
        this.repositories = repositories;
        this.tags = tags;
    }

    /** Fills {@code repositories} sources and as many destinations. */
    static FullRegistry start(Path directory, int repositories, int tags) throws IOException, InterruptedException {
        DockerRegistryProcess registry = DockerRegistryProcess.start(directory);
        FullRegistry full = new FullRegistry(registry, repositories, tags);
        full.pushTags();
        Path data = directory.resolve("data/docker/registry/v2/repositories");
        Files.createDirectories(data.resolve("to"));
        for (int i = 0; i < repositories; i++) {
            for (String name : List.of(from(i), to(i))) {
                if (!name.equals(FIRST)) {
                    Peers.check(
                            "cp",
                            "-r",
                            data.resolve(FIRST).toString(),
                            data.resolve(name).toString());
                }
            }
        }
        return full;
    }

    private void pushTags() throws IOException, InterruptedException {
        BigImage.push(registry, FIRST + ":" + tag(0), 1, 1, 1024);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(url(manifest(FIRST, 0)))
                .header("Accept", MediaTypes.OCI_INDEX)
                .build();
        byte[] manifest =
                client.send(question, HttpResponse.BodyHandlers.ofByteArray()).body();
        for (int i = 1; i < tags; i++) {
            HttpRequest push = HttpRequest.newBuilder(url(manifest(FIRST, i)))
                    .header("Content-Type", MediaTypes.OCI_INDEX)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest))
                    .build();
            int status =
                    client.send(push, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 201) {
                throw new IOException("the registry answers a tag with " + status);
            }
        }
    }

    private URI url(String path) {
        return URI.create("http://" + registry.authority() + path);
    }

    DockerRegistryProcess process() {
        return registry;
    }

    static String from(int repository) {
        return "from/app%03d".formatted(repository);
    }

    static String to(int repository) {
        return "to/app%03d".formatted(repository);
    }

    static String tag(int number) {
        return "1.%d.0".formatted(number);
    }

    private static String manifest(String repository, int tag) {
        return "/v2/" + repository + "/manifests/" + tag(tag);
    }

    /** The paths of all manifests: source, destination, source, ... */
    List<String> manifests() {
        List<String> paths = new ArrayList<>();
        for (int repository = 0; repository < repositories; repository++) {
            for (int tag = 0; tag < tags; tag++) {
                paths.add(manifest(from(repository), tag));
                paths.add(manifest(to(repository), tag));
            }
        }
        return paths;
    }

    @Override
    public void close() {
        registry.close();
    }
}
