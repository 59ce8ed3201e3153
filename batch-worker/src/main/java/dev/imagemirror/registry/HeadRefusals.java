package dev.imagemirror.registry;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Registries that answer {@code HEAD} with an error where a {@code GET} is answered: old proxies (405, 501), redirects to
 * object storage that are signed for GET alone (distribution issue 2055). These are so for all of a registry. Any other
 * refusal is that of one repository, or of one blob, until it is met in a second repository. Thread-safe.
 */
final class HeadRefusals {
    /** A registry that is mended meanwhile shall be asked the cheap way again: Docker Hub counts each GET as a pull. */
    private static final Duration REFUSED = Duration.ofHours(1);

    /** A 5xx was a disturbance more likely than not. */
    private static final Duration FAILED = Duration.ofMinutes(5);

    private static final int MAX_REGISTRIES = 1000;

    /**
     * What is known of a registry.
     *
     * @param path the only repository that has refused, or null if all are taken to refuse
     * @param times how often it has
     */
    private record Refused(String path, int times, Instant end) {}

    private final Map<String, Refused> registries = new LinkedHashMap<>();
    private final Clock clock;
    private final int enough;

    /** @param enough how many refusals it takes for a repository not to be asked any more */
    HeadRefusals(Clock clock, int enough) {
        this.clock = clock;
        this.enough = enough;
    }

    /** True if the repository is not to be asked by HEAD. */
    synchronized boolean has(Repository repository) {
        Refused known = known(repository.registry());
        return known != null
                && (known.path() == null || (known.path().equals(repository.path()) && known.times() >= enough));
    }

    /** Remembers a refusal for which {@link #isRefusal} holds. */
    synchronized void note(Repository repository, RegistryException error) {
        Refused before = known(repository.registry());
        boolean isOfAll =
                isOfMethod(error) || (before != null && !repository.path().equals(before.path()));
        int times = before == null ? 1 : before.times() + 1;
        Instant end = clock.instant().plus(error.kind() == ErrorKind.TEMPORARY ? FAILED : REFUSED);
        registries.remove(repository.registry());
        registries.put(repository.registry(), new Refused(isOfAll ? null : repository.path(), times, end));
        if (registries.size() > MAX_REGISTRIES) {
            registries.remove(registries.keySet().iterator().next());
        }
    }

    private Refused known(String registry) {
        Refused known = registries.get(registry);
        return known != null && known.end().isAfter(clock.instant()) ? known : null;
    }

    /** RFC 9110, sections 15.5.6 and 15.6.2; who leads elsewhere does so for all repositories. */
    private static boolean isOfMethod(RegistryException error) {
        return error.status() == 405 || error.status() == 501 || error.isElsewhere();
    }

    /**
     * True if the error may be that of HEAD alone, be it that this leads to where nobody may go. It is not if access is denied, if the registry asks to be left alone,
     * or if it did not answer at all: a GET would double the wait for a registry that is down.
     */
    static boolean isRefusal(RegistryException error) {
        boolean answered = (error.status() > 0 || error.isElsewhere()) && !error.isTokenFailure();
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
