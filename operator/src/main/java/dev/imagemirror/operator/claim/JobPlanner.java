package dev.imagemirror.operator.claim;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.DigestResolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Groups pending copies into jobs, and creates their claims. */
public final class JobPlanner {
    private static final int MAX_DESTINATIONS = 30;

    /** Out of 6 KiB for all parameters, leaving room for the source. */
    private static final int MAX_DESTINATION_CHARACTERS = 5 * 1024;

    /**
     * The work of one job.
     *
     * @param digest the source digest
     */
    public record PlannedJob(Digest digest, List<PairStatus> pairs) {}

    private final CopyJobQueue queue;
    private final DigestResolver registries;
    private final ReconcilerSettings settings;
    private final RandomGenerator random;

    public JobPlanner(
            CopyJobQueue queue, DigestResolver registries, ReconcilerSettings settings, RandomGenerator random) {
        this.queue = queue;
        this.registries = registries;
        this.settings = settings;
        this.random = random;
    }

    /**
     * Groups drifted pairs into jobs: one source digest and at most 30 destinations each.
     *
     * @param digests the source digest of each pair
     */
    public static List<PlannedJob> jobs(Map<PairStatus, Digest> digests) {
        Map<Digest, List<PlannedJob>> jobs = new LinkedHashMap<>();
        digests.forEach((pair, digest) -> {
            List<PlannedJob> parts = jobs.computeIfAbsent(digest, unknown -> new ArrayList<>());
            if (parts.isEmpty() || isFull(parts.get(parts.size() - 1).pairs(), pair)) {
                parts.add(new PlannedJob(digest, new ArrayList<>()));
            }
            parts.get(parts.size() - 1).pairs().add(pair);
        });
        return jobs.values().stream().flatMap(List::stream).toList();
    }

    private static boolean isFull(List<PairStatus> job, PairStatus next) {
        int characters = next.destination().toString().length();
        for (PairStatus pair : job) {
            characters += pair.destination().toString().length() + 1;
        }
        return job.size() >= MAX_DESTINATIONS || characters > MAX_DESTINATION_CHARACTERS;
    }

    /** Creates this process's claim for one job. */
    Claim claim(List<PairStatus> pairs, Digest digest, boolean referrers, Instant now) {
        ImageReference source = pairs.get(0).pair().source();
        OptionalLong bytes = registries.size(source, digest);
        Map<String, String> parameters = Map.of(
                CopyJobSpec.SOURCE,
                source.withDigest(digest).toString(),
                CopyJobSpec.DESTINATIONS,
                String.join(
                        ",",
                        pairs.stream()
                                .map(pair -> pair.destination().toString())
                                .toList()));
        CopyJobSpec job = new CopyJobSpec(
                queue.queue(),
                queue.definition(),
                parameters,
                referrers ? Map.of("MIRROR_REFERRERS", "true") : Map.of(),
                settings.deadlines().seconds(bytes));
        return new Claim(newId(), settings.claimant(), 1, now, digest, job, null);
    }

    private String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
