package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.ErrorKind;

/**
 * What became of one destination.
 *
 * @param destination where to
 * @param outcome how it ended
 * @param digest the digest that its tag has now, or null if it is not known
 * @param transfer data of its repository; tags of one repository share it
 * @param errorKind why it failed, or null
 * @param error the same in words, or null
 */
public record DestinationReport(
        ImageReference destination,
        Outcome outcome,
        Digest digest,
        Transfer transfer,
        ErrorKind errorKind,
        String error) {

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
