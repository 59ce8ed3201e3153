package dev.imagemirror.operator.runtime;

import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.engine.LoopListener;
import dev.imagemirror.operator.reconcile.PassListener;
import dev.imagemirror.operator.web.Metrics;
import java.time.Duration;

/** Records passes, how long entries wait for them, and copies. */
record PassMetrics(Metrics metrics) implements LoopListener<EntryKey>, PassListener {
    @Override
    public void passBegins(EntryKey key, Duration waited) {
        metrics.passBegins(waited);
    }

    @Override
    public void passEnded(EntryKey key, Outcome outcome, Duration took) {
        metrics.passEnded(outcome, took);
    }

    @Override
    public void registriesAreAsked(MirrorEntry entry) {
        metrics.learn(entry);
    }

    @Override
    public void copyEnded(EntryKey entry, CopyRecord copy) {
        metrics.copyEnded(copy);
    }
}
