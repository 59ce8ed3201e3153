package dev.imagemirror.operator.registry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.cache.SingleFlightCache;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks the questions of one call concurrently: each on its registry's threads, the last on the caller's. */
final class ResolveBatch {
    private record Task(Executor pool, Runnable question) {}

    private final RegistryThrottles sites;
    private final SingleFlightCache<ImageReference, Resolution> answers;
    private final ManifestQuestion question;
    private final Map<ImageReference, SingleFlightCache.Slot<Resolution>> asked = new LinkedHashMap<>();
    private final List<Task> tasks = new ArrayList<>();

    ResolveBatch(
            RegistryThrottles sites, SingleFlightCache<ImageReference, Resolution> answers, ManifestQuestion question) {
        this.sites = sites;
        this.answers = answers;
        this.question = question;
    }

    void add(ImageReference reference, Freshness freshness) {
        ImageReference key = key(reference);
        SingleFlightCache.Share<Resolution> share =
                freshness == Freshness.FRESH ? answers.begin(key) : answers.join(key, any -> true);
        asked.put(reference, share.slot());
        if (share.isMine()) {
            RegistryThrottle site = sites.of(reference.registry());
            tasks.add(new Task(site.pool(), () -> ask(site, reference, share.slot())));
        }
    }

    /** Runs {@code then} once all answers of the registry are in. Call after the last {@link #add}. */
    void whenAnswered(String registry, Runnable then) {
        CompletableFuture<?>[] ofRegistry = asked.entrySet().stream()
                .filter(entry -> entry.getKey().registry().equals(registry))
                .map(entry -> entry.getValue().answer())
                .toArray(CompletableFuture[]::new);
        CompletableFuture<Void> unused =
                CompletableFuture.allOf(ofRegistry).whenComplete((answered, error) -> then.run());
    }

    Map<ImageReference, Resolution> run() {
        int last = tasks.size() - 1;
        for (int i = 0; i < last; i++) {
            tasks.get(i).pool().execute(tasks.get(i).question());
        }
        if (last >= 0) {
            tasks.get(last).question().run();
        }
        Map<ImageReference, Resolution> resolutions = new LinkedHashMap<>();
        asked.forEach((reference, slot) -> resolutions.put(reference, await(reference, slot)));
        return resolutions;
    }

    /** Key of equal questions: a tag next to a digest is irrelevant. */
    static ImageReference key(ImageReference reference) {
        return reference.digest() == null
                ? reference
                : new ImageReference(reference.registry(), reference.repository(), null, reference.digest());
    }

    private void ask(RegistryThrottle site, ImageReference reference, SingleFlightCache.Slot<Resolution> slot) {
        Resolution resolution = new Resolution.Unavailable(reference + " could not be queried", false, null);
        try {
            resolution = question.ask(site, reference);
        } finally {
            answers.answered(key(reference), slot, resolution); // always, because others may be waiting for it
        }
    }

    private static Resolution await(ImageReference reference, SingleFlightCache.Slot<Resolution> slot) {
        return SingleFlightCache.await(
                slot, new Resolution.Unavailable("interrupted while waiting for " + reference, false, null));
    }
}
