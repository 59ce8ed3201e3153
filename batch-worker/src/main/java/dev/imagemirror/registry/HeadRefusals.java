package dev.imagemirror.registry;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Registries that reject {@code HEAD} but not {@code GET}: old proxies (405, 501), redirects to object storage that are
 * signed for GET alone (distribution issue 2055). These apply to the whole registry, any other refusal to one
 * repository, or one blob, until a second repository refuses as well. Thread-safe.
 */
final class HeadRefusals {
    /** Once fixed, a registry should be queried by HEAD again: Docker Hub counts each GET as a pull. */
    private static final Duration REFUSED = Duration.ofHours(1);

    /** A 5xx is most likely transient. */
    private static final Duration FAILED = Duration.ofMinutes(5);

    private static final int MAX_REGISTRIES = 1000;

    /**
     * What is known of a registry.
     *
     * @param path the last repository that refused
     * @param isOfAll true if all of its repositories are assumed to refuse
     * @param times number of refusals
     */
    private record Refused(String path, boolean isOfAll, int times, Instant end) {
        boolean appliesTo(String repository, int enough) {
            return isOfAll || (path.equals(repository) && times >= enough);
        }
    }

    private final Map<String, Refused> registries = new LinkedHashMap<>();
    private final Clock clock;
    private final int enough;

    /** @param enough refusals after which a repository is no longer queried by HEAD */
    HeadRefusals(Clock clock, int enough) {
        this.clock = clock;
        this.enough = enough;
    }

    /** True if the repository should not be queried by HEAD. */
    synchronized boolean has(Repository repository) {
        return known(repository.registry())
                .filter(known -> known.appliesTo(repository.path(), enough))
                .isPresent();
    }

    /** Remembers a refusal for which {@link #isRefusal} holds. */
    synchronized void note(Repository repository, RegistryException error) {
        Optional<Refused> before = known(repository.registry());
        boolean isOfAll = isOfMethod(error)
                || before.filter(known -> known.isOfAll() || !known.path().equals(repository.path()))
                        .isPresent();
        int times = before.map(Refused::times).orElse(0) + 1;
        Instant end = clock.instant().plus(error.kind() == ErrorKind.TEMPORARY ? FAILED : REFUSED);
        registries.remove(repository.registry());
        registries.put(repository.registry(), new Refused(repository.path(), isOfAll, times, end));
        if (registries.size() > MAX_REGISTRIES) {
            registries.remove(registries.keySet().iterator().next());
        }
    }

    private Optional<Refused> known(String registry) {
        return Optional.ofNullable(registries.get(registry))
                .filter(known -> known.end().isAfter(clock.instant()));
    }

    /** RFC 9110, sections 15.5.6 and 15.6.2; a registry that redirects does so for all repositories. */
    private static boolean isOfMethod(RegistryException error) {
        return error.status() == 405 || error.status() == 501 || error.isElsewhere();
    }

    /**
     * True if the error may be limited to HEAD, including a HEAD that redirects to a forbidden address. False if access
     * is denied, the registry is rate limiting, or it did not respond at all: a GET would double the wait for a
     * registry that is down.
     */
    static boolean isRefusal(RegistryException error) {
        boolean answered = (error.status() > 0 || error.isElsewhere()) && !error.isTokenFailure();
        boolean leaveAlone = error.isThrottled() || error.retryAfter().isPresent();
        boolean denied = error.kind() == ErrorKind.ACCESS_DENIED && !error.isElsewhere();
        return answered && !leaveAlone && !denied;
    }

    /**
     * True for a 403 of the registry itself, which may deny the manifest, or the method as proxies and signed addresses
     * do; the GET will tell. For a blob it counts as a denial, since the push will tell.
     */
    static boolean isUnexplainedDenial(RegistryException error) {
        boolean leaveAlone = error.isThrottled() || error.retryAfter().isPresent();
        return error.status() == 403 && !error.isTokenFailure() && !leaveAlone;
    }
}
