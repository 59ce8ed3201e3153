package dev.imagemirror.operator.reconcile;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.JobOutcome;
import dev.imagemirror.operator.domain.Pair;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.DigestResolver.Freshness;
import dev.imagemirror.operator.reconcile.TagExpander.Expansion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Queries the registries for the tags that make up an entry's pairs, and for the digests of both sides. */
final class RegistryStep {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final TagExpander expander;
    private final PairObserver observer;
    private final EntryIndex index;
    private final PassListener listener;

    RegistryStep(DigestResolver registries, EntryIndex index, PassListener listener) {
        OddLists oddities = new OddLists();
        this.expander = new TagExpander(registries, oddities);
        this.observer = new PairObserver(registries, oddities);
        this.index = index;
        this.listener = listener;
    }

    /** Determines the pairs to observe; if the tags cannot be expanded, uses the known ones. */
    void expand(PassState pass) {
        listener.registriesAreAsked(pass.entry());
        Expansion expansion = expander.expand(pass.entry(), pass.freshness());
        if (expansion instanceof Expansion.Complete complete) {
            index.expanded(pass.entry().key(), tags(complete.pairs()));
            pass.expanded(complete);
            return;
        }
        if (expansion instanceof Expansion.Unlisted unlisted
                && !(unlisted.failure() instanceof Resolution.NotAllowed)) {
            pass.wakeWithin(LOOK_AGAIN);
        }
        pass.unexpanded(expansion);
    }

    private static Set<String> tags(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> pair.source().tag())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Reads both sides of each pair without a live job, bypassing the cache if a job has ended. */
    void observe(PassState pass) {
        List<Pair> anew = new ArrayList<>();
        List<Pair> usual = new ArrayList<>();
        for (Pair pair : pass.pairs()) {
            Optional<JobOutcome> job = pass.job(pair);
            if (job.filter(JobOutcome.Live.class::isInstance).isEmpty()) {
                (pass.freshness() == Freshness.FRESH || job.isPresent() ? anew : usual).add(pair);
            }
        }
        boolean referrers = pass.entry().options().referrers();
        pass.observed(observer.observe(usual, referrers, Freshness.CACHED));
        pass.observed(observer.observe(anew, referrers, Freshness.FRESH));
    }
}
