package dev.imagemirror.operator.registry;

import dev.imagemirror.operator.port.RegistryBusyException;
import dev.imagemirror.operator.port.RegistryHealth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Throttles of the registries queried so far. Thread-safe. */
final class RegistryThrottles implements AutoCloseable {
    /** Above this number, idle ones are evicted. */
    private static final int MAX = 2000;

    private final Map<String, RegistryThrottle> sites = new ConcurrentHashMap<>();
    private final RegistryLimits limits;
    private final Clock clock;
    private final RandomGenerator random;

    RegistryThrottles(RegistryLimits limits, Clock clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    RegistryThrottle of(String registry) {
        RegistryThrottle site = sites.get(registry);
        return site != null ? site : add(registry);
    }

    /**
     * Enters all of these registries, or none.
     *
     * @throws RegistryBusyException if too many passes already wait for one of them
     */
    List<RegistryThrottle> enterAll(Set<String> registries) {
        List<RegistryThrottle> entered = new ArrayList<>();
        boolean all = false;
        try {
            for (String registry : registries) {
                RegistryThrottle site = of(registry);
                site.enter();
                entered.add(site);
            }
            all = true;
            return entered;
        } finally {
            if (!all) {
                entered.forEach(RegistryThrottle::leave);
            }
        }
    }

    List<RegistryHealth> health() {
        return sites.values().stream()
                .map(RegistryThrottle::health)
                .sorted(Comparator.comparing(RegistryHealth::registry))
                .toList();
    }

    @Override
    public void close() {
        sites.values().forEach(RegistryThrottle::close);
    }

    private RegistryThrottle add(String registry) {
        if (sites.size() >= MAX) {
            sites.values().removeIf(RegistryThrottle::isIdle);
        }
        return sites.computeIfAbsent(
                registry, name -> new RegistryThrottle(name, limits, new CoolDown(clock, random), System::nanoTime));
    }
}
