package dev.imagemirror.operator.ecr;

import dev.imagemirror.operator.port.RegistryBusyException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits how many passes wait for one registry's API. Thread-safe. */
final class WaitingPasses {
    private final Map<String, Semaphore> passes = new ConcurrentHashMap<>();
    private final int most;

    WaitingPasses(int most) {
        this.most = most;
    }

    /** @throws RegistryBusyException if too many passes already wait */
    <T> T within(EcrRepository repository, Supplier<T> question) {
        String registry = repository.registry().plainHost();
        Semaphore waiting = passes.computeIfAbsent(registry, name -> new Semaphore(most));
        if (!waiting.tryAcquire()) {
            throw new RegistryBusyException(registry);
        }
        try {
            return question.get();
        } finally {
            waiting.release();
        }
    }
}
