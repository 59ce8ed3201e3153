package dev.imagemirror.operator.app;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.engine.LoopListener;
import dev.imagemirror.operator.web.Metrics;
import java.time.Duration;
import java.util.Locale;

/** Counts passes and how long entries wait for them. */
record PassMetrics(Metrics metrics) implements LoopListener<EntryKey> {
    @Override
    public void passBegins(EntryKey key, Duration waited) {
        metrics.passBegins(waited);
    }

    @Override
    public void passEnded(EntryKey key, Outcome outcome, Duration took) {
        metrics.passEnded(outcome.name().toLowerCase(Locale.ROOT), took);
    }
}
