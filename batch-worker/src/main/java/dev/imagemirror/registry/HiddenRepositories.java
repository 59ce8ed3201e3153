package dev.imagemirror.registry;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.Optional;
import java.util.function.Function;

/**
 * Destinations that deny reads, as Quay, GHCR and others do for what does not exist yet: only the push can tell.
 * Thread-safe; blocking.
 */
final class HiddenRepositories {
    private final RegistryCaller caller;

    HiddenRepositories(RegistryCaller caller) {
        this.caller = caller;
    }

    /** One query to a registry. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws RegistryException;
    }

    /** The result; {@code unknown} if the repository denies it, or has denied one before. */
    <T> T read(Repository repository, Question<T> question, T unknown) throws RegistryException {
        if (repository.denial().isPresent()) {
            return unknown;
        }
        try {
            return question.ask();
        } catch (RegistryException e) {
            if (e.kind() != ErrorKind.ACCESS_DENIED || e.isTokenFailure() || saysWhatIsMissing(repository)) {
                throw e;
            }
            repository.denied(e);
            return unknown;
        }
    }

    /** ECR returns 404 for a repository that does not exist, so its 403 is a denial. */
    private static boolean saysWhatIsMissing(Repository repository) {
        return EcrRegistry.of(repository.registry()).isPresent();
    }

    /** Pushes. If that is denied like the reads before it, the error names what was requested first: the tag. */
    <T> T push(Repository repository, Function<RegistryAddress, RegistryEndpoint<T>> endpoint)
            throws RegistryException {
        try {
            return caller.call(repository, endpoint);
        } catch (RegistryException e) {
            Optional<RegistryException> denial = repository.denial();
            if (e.kind() != ErrorKind.ACCESS_DENIED || denial.isEmpty()) {
                throw e;
            }
            String message = denial.get().getMessage() + "; the push was denied as well: " + e.getMessage();
            throw new RegistryException(ErrorKind.ACCESS_DENIED, message, e);
        }
    }
}
