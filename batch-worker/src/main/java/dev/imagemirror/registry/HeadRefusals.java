package dev.imagemirror.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Registries that answer {@code HEAD} with an error where a {@code GET} is answered: old proxies (405, 501), redirects to
 * object storage that are signed for GET alone (distribution issue 2055). Thread-safe.
 */
final class HeadRefusals {
    /** A registry that is mended meanwhile shall be asked the cheap way again: Docker Hub counts each GET as a pull. */
    private static final Duration REFUSED = Duration.ofHours(1);

    /** A 5xx was a disturbance more likely than not. */
    private static final Duration FAILED = Duration.ofMinutes(5);

    private static final int MAX_REGISTRIES = 1000;

    private final Map<String, Instant> until = new LinkedHashMap<>();
    private final Clock clock;

    HeadRefusals(Clock clock) {
        this.clock = clock;
    }

    /** True if the registry is not to be asked by HEAD. */
    synchronized boolean has(String registry) {
        Instant end = until.get(registry);
        return end != null && end.isAfter(clock.instant());
    }

    /** Remembers a registry for which {@link #isRefusal} holds. */
    synchronized void note(String registry, RegistryException error) {
        until.remove(registry);
        until.put(registry, clock.instant().plus(error.kind() == ErrorKind.TEMPORARY ? FAILED : REFUSED));
        if (until.size() > MAX_REGISTRIES) {
            until.remove(until.keySet().iterator().next());
        }
    }

    /**
     * True if the error may be that of HEAD alone. It is not if access is denied, if the registry asks to be left alone,
     * or if it did not answer at all: a GET would double the wait for a registry that is down.
     */
    static boolean isRefusal(RegistryException error) {
        boolean answered = error.status() > 0 && !error.isTokenFailure();
        boolean leaveAlone = error.isThrottled() || error.retryAfter() != null;
        boolean denied = error.kind() == ErrorKind.ACCESS_DENIED && !error.isElsewhere();
        return answered && !leaveAlone && !denied;
    }

    /**
     * True for a 403 of the registry itself, which cannot say by HEAD whether it denies the manifest or the method: proxies
     * and signatures deny the one, the GET tells. Of a blob it is taken for a denial, since the push tells.
     */
    static boolean isUnexplainedDenial(RegistryException error) {
        boolean leaveAlone = error.isThrottled() || error.retryAfter() != null;
        return error.status() == 403 && !error.isTokenFailure() && !leaveAlone;
    }
}
