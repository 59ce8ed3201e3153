package dev.imagemirror.bench;

import dev.imagemirror.e2e.BigImage;
import dev.imagemirror.e2e.DockerRegistryProcess;
import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Copy speed and memory beside {@code skopeo copy --all} once a destination. Image: 2 platforms of 3 layers of 50 MB of
 * random content; registries on loopback, their data on the machine's disk. Runs alternate; medians are compared.
 *
 * <p>Options: {@code --runs N} (default 5), {@code --only tls} (those rows alone), {@code --out FILE} (Markdown).
 */
public final class CopyBenchmark {
    private static final String IMAGE = "bench/image:1";
    private static final String HUGE = "bench/huge:1";
    private static final long LAYER_BYTES = 50L * 1024 * 1024;
    private static final long HUGE_LAYER_BYTES = 2L * 1024 * 1024 * 1024;
    private static final int DESTINATIONS = 4;

    private final int runs;
    private final Path directory;
    private final List<Row> rows = new ArrayList<>();

    private CopyBenchmark(int runs, Path directory) {
        this.runs = runs;
        this.directory = directory;
    }

    /** Runs all rows, prints the table and, if told, writes it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        int runs = words.contains("--runs") ? Integer.parseInt(words.get(words.indexOf("--runs") + 1)) : 5;
        Path directory = Files.createTempDirectory("bench-copy");
        try {
            CopyBenchmark benchmark = new CopyBenchmark(runs, directory);
            if (!words.contains("--only")) {
                benchmark.overPlainHttp();
            }
            benchmark.overTls();
            String report = benchmark.report();
            System.out.println(report);
            if (words.contains("--out")) {
                Files.writeString(Path.of(words.get(words.indexOf("--out") + 1)), report);
            }
        } finally {
            Site.delete(directory);
        }
    }

    private void overPlainHttp() throws IOException, InterruptedException {
        try (Site site = new Site(directory.resolve("plain"), DockerRegistryProcess.Options.OPEN)) {
            BigImage.push(site.source(), IMAGE, 2, 3, LAYER_BYTES);
            fourDestinations(site);
            oneDestination(site);
            nothingToDo(site);
            hugeLayer(site);
        }
    }

    private void fourDestinations(Site site) throws IOException, InterruptedException {
        Samples mirrorWall = new Samples();
        Samples skopeoWall = new Samples();
        Samples mirrorCpu = new Samples();
        Samples skopeoCpu = new Samples();
        long mirrorBytes = 0;
        long skopeoBytes = 0;
        for (int run = 0; run <= runs; run++) {
            say("4 destinations, run " + run + " of " + runs);
            site.freshDestinations(DESTINATIONS);
            long before = site.source().blobBytesRead();
            Measured mirror = site.mirror(IMAGE, null);
            mirrorBytes = site.source().blobBytesRead() - before;
            if (run == 0) {
                countRequests(site);
            }
            site.freshDestinations(DESTINATIONS);
            before = site.source().blobBytesRead();
            Measured skopeo = site.skopeo(IMAGE, null);
            skopeoBytes = site.source().blobBytesRead() - before;
            if (run > 0) { // the first fills the page cache
                mirrorWall.add(mirror.wallSeconds());
                skopeoWall.add(skopeo.wallSeconds());
                mirrorCpu.add(mirror.cpuSeconds());
                skopeoCpu.add(skopeo.cpuSeconds());
            }
        }
        double image = 6.0 * LAYER_BYTES;
        rows.add(new Row(
                "bytes read from the source, 4 destinations",
                mib(mirrorBytes),
                mib(skopeoBytes),
                times(mirrorBytes / image) + " the image",
                "1.0 × the image",
                mirrorBytes / image < 1.001));
        rows.add(Row.ratio("wall time, 4 destinations", mirrorWall, skopeoWall, "s", 0.6));
        rows.add(Row.ratio("client CPU, 300 MB to 4 destinations", mirrorCpu, skopeoCpu, "s", 0.5));
    }

    /** Requests for the layers of a fresh copy. */
    private void countRequests(Site site) throws IOException {
        long gets = site.source().requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.uri().contains("/blobs/"))
                .count();
        List<String> blobRequests = site.destinations().get(0).requests().stream()
                .filter(request -> request.uri().contains("/blobs/"))
                .map(DockerRegistryProcess.Access::method)
                .toList();
        double blobs = 8;
        String result = String.format(
                Locale.ROOT,
                "%.0f GET; %.0f HEAD + %.0f POST + %.0f PUT",
                gets / blobs,
                count(blobRequests, "HEAD") / blobs,
                count(blobRequests, "POST") / blobs,
                count(blobRequests, "PUT") / blobs);
        rows.add(new Row(
                "requests a new blob (source; each destination)",
                result,
                "–",
                gets + " and " + blobRequests.size() + " for 8 blobs",
                "1 GET; HEAD + POST + PUT",
                gets == 8 && blobRequests.size() == 24));
    }

    private static double count(List<String> methods, String method) {
        return methods.stream().filter(method::equals).count();
    }

    private void oneDestination(Site site) throws IOException, InterruptedException {
        Samples mirrorWall = new Samples();
        Samples skopeoWall = new Samples();
        for (int run = 1; run <= runs; run++) {
            say("1 destination, run " + run + " of " + runs);
            site.freshDestinations(1);
            mirrorWall.add(site.mirror(IMAGE, null).wallSeconds());
            site.freshDestinations(1);
            skopeoWall.add(site.skopeo(IMAGE, null).wallSeconds());
        }
        rows.add(Row.ratio("wall time, 1 destination, JVM start included", mirrorWall, skopeoWall, "s", 1.0));
    }

    private void nothingToDo(Site site) throws IOException, InterruptedException {
        say("nothing to do");
        site.freshDestinations(DESTINATIONS);
        site.mirror(IMAGE, null);
        int before = requests(site);
        Samples wall = new Samples();
        for (int run = 1; run <= runs; run++) {
            wall.add(site.mirror(IMAGE, null).wallSeconds());
        }
        double requests = (requests(site) - before) / (double) runs;
        rows.add(new Row(
                "nothing to do, 4 destinations: wall time",
                wall.show("s"),
                "–",
                wall.show("s"),
                "≤ 0.6 s",
                wall.median() <= 0.6));
        rows.add(new Row(
                "nothing to do, 4 destinations: requests",
                String.format(Locale.ROOT, "%.0f", requests),
                "–",
                String.format(Locale.ROOT, "%.0f", requests),
                "1 + 4 HEAD",
                requests == 1 + DESTINATIONS));
    }

    private static int requests(Site site) throws IOException {
        int count = site.source().requests().size();
        for (DockerRegistryProcess destination : site.destinations()) {
            count += destination.requests().size();
        }
        return count;
    }

    private void hugeLayer(Site site) throws IOException, InterruptedException {
        say("one layer of 2 GiB, 4 destinations");
        BigImage.push(site.source(), HUGE, 1, 1, HUGE_LAYER_BYTES);
        site.freshDestinations(DESTINATIONS);
        Measured mirror = site.mirror(HUGE, null);
        rows.add(new Row(
                "peak resident memory, one layer of 2 GiB, 4 destinations",
                mib((long) (mirror.peakMib() * 1024 * 1024)),
                "–",
                mib((long) (mirror.peakMib() * 1024 * 1024)),
                "≤ 128 MiB",
                mirror.peakMib() <= 128));
    }

    private void overTls() throws IOException, InterruptedException {
        Path ca = directory.resolve("ca/ca.crt");
        try (Site site = new Site(directory.resolve("tls"), Site.tls(directory, ca))) {
            copySource(site);
            Samples mirrorWall = new Samples();
            Samples skopeoWall = new Samples();
            Samples mirrorCpu = new Samples();
            Samples skopeoCpu = new Samples();
            for (int run = 1; run <= runs; run++) {
                say("4 destinations over TLS, run " + run + " of " + runs);
                site.freshDestinations(DESTINATIONS);
                Measured mirror = site.mirror(IMAGE, ca);
                mirrorWall.add(mirror.wallSeconds());
                mirrorCpu.add(mirror.cpuSeconds());
                site.freshDestinations(DESTINATIONS);
                Measured skopeo = site.skopeo(IMAGE, ca);
                skopeoWall.add(skopeo.wallSeconds());
                skopeoCpu.add(skopeo.cpuSeconds());
            }
            rows.add(Row.ratio("wall time, 4 destinations, TLS", mirrorWall, skopeoWall, "s", 0.8));
            rows.add(Row.comparison("client CPU, 300 MB to 4 destinations, TLS", mirrorCpu, skopeoCpu, "s"));
        }
    }

    /** Fills the source with a plain registry on the same data. */
    private void copySource(Site site) throws IOException, InterruptedException {
        try (DockerRegistryProcess plain = DockerRegistryProcess.start(directory.resolve("fill"))) {
            BigImage.push(plain, IMAGE, 2, 3, LAYER_BYTES);
            Peers.check(
                    "skopeo",
                    "copy",
                    "--quiet",
                    "--all",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    "docker://" + plain.reference(IMAGE),
                    "docker://" + site.source().reference(IMAGE));
        }
    }

    private String report() throws IOException, InterruptedException {
        StringBuilder report = new StringBuilder();
        report.append(Machine.describe()).append("\n\n").append(Row.header()).append('\n');
        rows.forEach(row -> report.append(row).append('\n'));
        return report.toString();
    }

    private static void say(String what) {
        System.err.println("bench-copy: " + what);
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}
