package dev.imagemirror.operator.bench;

import dev.imagemirror.e2e.Peers;
import dev.imagemirror.image.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What other programs reach with the same manifests of the same registry. wrk never ends a HEAD: its parser waits for
 * the body that {@code Content-Length} tells of. So wrk GETs the manifests (to a registry the same work, and a few hundred
 * bytes written), and ab, which can HEAD but knows one URL only, HEADs one of them; the faster is the peer.
 */
final class PeerRates {
    private static final int SKOPEO_SAMPLE = 40;

    private final FullRegistry registry;
    private final Path directory;
    private final int connections;

    PeerRates(FullRegistry registry, Path directory, int connections) {
        this.registry = registry;
        this.directory = directory;
        this.connections = connections;
    }

    /** Requests a second of wrk. */
    double wrk(int seconds) throws IOException, InterruptedException {
        Path paths = Files.write(directory.resolve("paths"), registry.manifests());
        Path script = Files.writeString(directory.resolve("sweep.lua"), """
                local paths = {}
                for line in io.lines("%s") do paths[#paths + 1] = line end
                local at = 0
                wrk.headers["Accept"] = "%s"
                function request()
                    at = at %% #paths + 1
                    return wrk.format("GET", paths[at])
                end
                """.formatted(paths, MediaTypes.ACCEPT));
        String report = Peers.check(
                "wrk",
                "-t2",
                "-c" + connections,
                "-d" + seconds + "s",
                "-s",
                script.toString(),
                "http://" + registry.process().authority());
        if (report.contains("Non-2xx")) {
            throw new IOException("wrk was refused:\n" + report);
        }
        return Shell.number(report, "Requests/sec:");
    }

    /** Requests a second of ab with HEAD. */
    double ab(int requests) throws IOException, InterruptedException {
        String report = Peers.check(
                "ab",
                "-i",
                "-k",
                "-q",
                "-c" + connections,
                "-n" + requests,
                "-HAccept: " + MediaTypes.ACCEPT,
                "http://" + registry.process().authority()
                        + registry.manifests().get(0));
        if (report.contains("Non-2xx")) {
            throw new IOException("ab was refused:\n" + report);
        }
        return Shell.number(report, "Requests per second:");
    }

    /** Manifests a second of a shell's loop of {@code skopeo inspect}, from a sample. */
    double skopeo() throws IOException, InterruptedException {
        List<String> sample = registry.manifests().subList(0, SKOPEO_SAMPLE);
        long start = System.nanoTime();
        for (String path : sample) {
            String reference = path.substring("/v2/".length()).replace("/manifests/", ":");
            Peers.check(
                    "skopeo",
                    "inspect",
                    "--no-tags",
                    "--tls-verify=false",
                    "--format={{.Digest}}",
                    "docker://" + registry.process().reference(reference));
        }
        return SKOPEO_SAMPLE / ((System.nanoTime() - start) / 1e9);
    }
}
