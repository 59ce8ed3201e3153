package dev.imagemirror.operator.chaos;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.PairStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What has to hold at every instant, and what in the end. */
final class WorldChecks {
    /** One epoch of a claim. */
    private record Epoch(String id, int epoch) {}

    private record Held(String claimant, Instant since) {}

    private final World world;
    private final Map<Epoch, Held> held = new HashMap<>();
    private final Set<String> lateDuplicates = new HashSet<>();
    private final Set<String> orphans = new HashSet<>();

    WorldChecks(World world) {
        this.world = world;
    }

    /** How many duplicates came so late that nobody could have known. */
    int lateDuplicates() {
        return lateDuplicates.size();
    }

    /** How many jobs landed after their claims had ended. */
    int orphans() {
        return orphans.size();
    }

    void check() {
        Map<ImageReference, Claim> claims = claims();
        for (WorldJob job : world.queue.alive()) {
            boolean excused = job.terminated || (job.submitter != null && !job.submitter.isEnded());
            if (!excused && !isNamed(job, claims)) {
                checkWatched(job);
            }
        }
        claims.values().stream().distinct().forEach(this::checkDuplicates);
    }

    private void checkWatched(WorldJob job) {
        if (!isWatched(job)) {
            fail(job + " runs, and no claim names it");
        }
        orphans.add(job.id);
    }

    /** The live claims, by what they are for. */
    private Map<ImageReference, Claim> claims() {
        Map<ImageReference, Claim> claims = new HashMap<>();
        for (PairStatus pair : world.statuses.pairs()) {
            Claim claim = pair.claim();
            if (claim != null) {
                held.putIfAbsent(new Epoch(claim.id(), claim.epoch()), new Held(claim.claimant(), world.now()));
                Claim other = claims.put(pair.identity(), claim);
                if (other != null) {
                    fail("two claims for " + pair.identity() + ": " + claim + " and " + other);
                }
            }
        }
        return claims;
    }

    private boolean isNamed(WorldJob job, Map<ImageReference, Claim> claims) {
        return WorldQueue.destinations(job.spec)
                .map(to -> claims.get(ImageReference.parse(to).identity()))
                .filter(Objects::nonNull)
                .anyMatch(claim -> claim.jobName().equals(job.name));
    }

    /** True if it landed after its claim had ended, and is still searched for. */
    private boolean isWatched(WorldJob job) {
        return world.statuses.pairs().stream()
                .flatMap(pair -> pair.late(world.now()).stream())
                .anyMatch(ended ->
                        ended.jobName().equals(job.name) && ended.queue().equals(job.spec.queue()));
    }

    private void checkDuplicates(Claim claim) {
        List<WorldJob> jobs = world.queue.alive().stream()
                .filter(job -> job.name.equals(claim.jobName()) && !job.terminated && job.sender != null)
                .toList();
        for (WorldJob one : jobs) {
            for (WorldJob other : jobs) {
                if (!one.equals(other)) {
                    checkDuplicates(claim, one, other);
                }
            }
        }
    }

    private void checkDuplicates(Claim claim, WorldJob one, WorldJob other) {
        int epoch = epochOf(one, claim);
        int later = epochOf(other, claim);
        if (epoch == later) {
            fail("sent twice at epoch " + epoch + ": " + one + " and " + other);
        }
        Instant shown = one.landsAt.plusSeconds(WorldQueue.MAX_LAG_SECONDS);
        if (epoch < later
                && !shown.isAfter(held.get(new Epoch(claim.id(), later)).since())) {
            fail(one + " could be seen when " + other + " was sent");
        }
        lateDuplicates.add(one.id);
    }

    /** At which epoch of its claim a job was sent: the last that its sender held. */
    private int epochOf(WorldJob job, Claim claim) {
        int last = 0;
        for (int epoch = 1; epoch <= claim.epoch(); epoch++) {
            Held by = held.get(new Epoch(claim.id(), epoch));
            if (by != null && by.claimant().equals(job.sender) && !by.since().isAfter(job.sentAt)) {
                last = epoch;
            }
        }
        return last;
    }

    /** True if nothing is left to do. */
    boolean isSettled() {
        return world.queue.alive().isEmpty()
                && !world.queue.isAwaited()
                && world.processes.stream().noneMatch(WorldProcess::isWorking)
                && world.rows().stream().allMatch(key -> world.statuses.entry(key.text()) != null)
                && world.statuses.pairs().stream()
                        .allMatch(pair ->
                                pair.claim() == null && pair.state().word().equals("InSync") && isEqual(pair))
                && pairs() == world.statuses.pairs().size();
    }

    private int pairs() {
        return world.rows().stream()
                .mapToInt(key -> destinations(key.text()).length)
                .sum();
    }

    private String[] destinations(String key) {
        return String.valueOf(world.mirrors.row(key).attributes().get("Destination"))
                .split(",", -1);
    }

    private boolean isEqual(PairStatus pair) {
        Digest source = world.registries.get(pair.pair().source().toString());
        Digest destination = world.registries.get(pair.destination().toString());
        return source != null
                && source.equals(destination)
                && source.equals(pair.seen().source());
    }

    void checkSettled() {
        check();
        if (!isSettled()) {
            fail("not in sync in the end: " + world.statuses.pairs() + "; jobs: " + world.queue.alive());
        }
        world.statuses.pairs().forEach(pair -> {
            if (!pair.entry().equals(world.statuses.owner(pair.destination().toString()))) {
                fail(pair.destination() + " is owned by "
                        + world.statuses.owner(pair.destination().toString()));
            }
        });
    }

    private static void fail(String what) {
        throw new AssertionError(what);
    }
}
