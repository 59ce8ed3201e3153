package dev.imagemirror.bench;

import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The registries of a benchmark: one source, and destinations that are empty at the start of each run. */
final class Site implements AutoCloseable {
    private final Path directory;
    private final DockerRegistryProcess.Options options;
    private final DockerRegistryProcess source;
    private final List<DockerRegistryProcess> destinations = new ArrayList<>();
    private int generation;

    /** Starts the source; all data are below {@code directory}. */
    Site(Path directory, DockerRegistryProcess.Options options) throws IOException, InterruptedException {
        this.directory = directory;
        this.options = options;
        this.source = DockerRegistryProcess.start(directory.resolve("source"), options);
    }

    DockerRegistryProcess source() {
        return source;
    }

    List<DockerRegistryProcess> destinations() {
        return destinations;
    }

    /** Gives {@code count} empty destinations in the place of the last ones. */
    void freshDestinations(int count) throws IOException, InterruptedException {
        closeDestinations();
        generation++;
        for (int i = 0; i < count; i++) {
            destinations.add(DockerRegistryProcess.start(directory.resolve("d" + generation + "-" + i), options));
        }
    }

    /** Copies all with mirror in one run. */
    Measured mirror(String image, Path ca) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Peers.launcher(), "--quiet"));
        if (ca != null) {
            command.add("--ca-file=" + ca);
        }
        command.add(source.reference(image));
        destinations.forEach(destination -> command.add(destination.reference("copy/" + image)));
        return Measured.run(command);
    }

    /** Copies with skopeo, once a destination, one after another. */
    Measured skopeo(String image, Path ca) throws IOException, InterruptedException {
        Measured sum = new Measured(0, 0, 0);
        for (DockerRegistryProcess destination : destinations) {
            List<String> command = new ArrayList<>(List.of("skopeo", "copy", "--quiet", "--all"));
            if (ca == null) {
                command.addAll(List.of("--src-tls-verify=false", "--dest-tls-verify=false"));
            } else {
                command.addAll(List.of("--src-cert-dir=" + ca.getParent(), "--dest-cert-dir=" + ca.getParent()));
            }
            command.add("docker://" + source.reference(image));
            command.add("docker://" + destination.reference("copy/" + image));
            sum = sum.then(Measured.run(command));
        }
        return sum;
    }

    /** Keys for 127.0.0.1 and the authority that signed them; the authority's file is alone in its directory. */
    static DockerRegistryProcess.Options tls(Path directory, Path ca) throws IOException, InterruptedException {
        Files.createDirectories(ca.getParent());
        Path key = directory.resolve("server.key");
        Path certificate = directory.resolve("server.pem");
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
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Files.copy(certificate, ca, StandardCopyOption.REPLACE_EXISTING);
        return new DockerRegistryProcess.Options(null, certificate, key);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void closeDestinations() throws IOException {
        destinations.forEach(DockerRegistryProcess::close);
        destinations.clear();
        for (int i = 0; Files.exists(directory.resolve("d" + generation + "-" + i)); i++) {
            delete(directory.resolve("d" + generation + "-" + i));
        }
    }

    @Override
    public void close() throws IOException {
        closeDestinations();
        source.close();
    }
}
