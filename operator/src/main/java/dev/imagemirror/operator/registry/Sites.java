package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.port.RegistryHealth;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The registries asked so far. Thread-safe. */
final class Sites implements AutoCloseable {
    /** Beyond so many, those that nobody waits for are forgotten. */
    private static final int MAX = 2000;

    private final Map<String, Site> sites = new ConcurrentHashMap<>();
    private final RegistryLimits limits;
    private final Clock clock;
    private final RandomGenerator random;

    Sites(RegistryLimits limits, Clock clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    Site of(String registry) {
        Site site = sites.get(registry);
        return site != null ? site : add(registry);
    }

    List<RegistryHealth> health() {
        return sites.values().stream()
                .map(Site::health)
                .sorted(Comparator.comparing(RegistryHealth::registry))
                .toList();
    }

    @Override
    public void close() {
        sites.values().forEach(Site::close);
    }

    private Site add(String registry) {
        if (sites.size() >= MAX) {
            sites.values().removeIf(Site::isIdle);
        }
        return sites.computeIfAbsent(
                registry, name -> new Site(name, limits, new CoolDown(clock, random), System::nanoTime));
    }
}
