package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one destination.
 *
 * @param destination where to
 * @param outcome how it ended
 * @param digest the digest that its tag has now, if known
 * @param transfer data of its repository; tags of one repository share it
 * @param failure why it failed; every {@link Outcome#FAILED} has one
 */
public record DestinationReport(
        ImageReference destination,
        Outcome outcome,
        @Nullable Digest digest,
        Transfer transfer,
        @Nullable Failure failure) {
    /**
     * Why a destination failed.
     *
     * @param kind what the failure means
     * @param message the same in words
     * @param throttledBy the registry that asked for fewer requests, if any did
     */
    public record Failure(
            ErrorKind kind, String message, @Nullable String throttledBy) {
        /** The failure that an error is, if there is one. */
        public static @Nullable Failure of(@Nullable RegistryException error) {
            return error == null
                    ? null
                    : new Failure(
                            kind(error), error.getMessage(), error.throttledBy().orElse(null));
        }

        /** Whoever reads the source says so; what is left is about the destination. */
        private static ErrorKind kind(RegistryException error) {
            return error.kind() == ErrorKind.NOT_ALLOWED ? ErrorKind.DESTINATION_NOT_ALLOWED : error.kind();
        }
    }

    /** Why it failed, if it did. */
    public @Nullable ErrorKind errorKind() {
        return failure == null ? null : failure.kind();
    }

    /** Why it failed in words, if it did. */
    public @Nullable String error() {
        return failure == null ? null : failure.message();
    }

    /**
     * Data of one destination repository.
     *
     * @param bytes blob bytes uploaded
     * @param bytesMounted blob bytes mounted from another repository of the registry
     * @param bytesPresent blob bytes that were there already, as far as they were asked for
     * @param requests HTTP requests
     */
    public record Transfer(long bytes, long bytesMounted, long bytesPresent, int requests) {}
}
