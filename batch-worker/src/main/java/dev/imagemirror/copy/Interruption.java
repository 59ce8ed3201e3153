package dev.imagemirror.copy;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.concurrent.RejectedExecutionException;

/** How a thread that was told to stop says so. */
final class Interruption {
    private Interruption() {}

    /** Keeps the thread's interrupt flag and gives the error to throw. */
    static RegistryException asError(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryException(ErrorKind.TEMPORARY, "interrupted before the copy was complete", e);
    }

    /** The error for work that comes after the copy was told to stop. */
    static RegistryException stopped(RejectedExecutionException e) {
        return new RegistryException(ErrorKind.TEMPORARY, "interrupted before the copy was complete", e);
    }
}
