package dev.imagemirror.image;

/**
 * A malformed image reference; the message names the reference, without secrets, the fault and what to write instead.
 */
public final class InvalidReferenceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reference the text as given
     * @param fault what is wrong with it
     */
    public InvalidReferenceException(String reference, String fault) {
        super("invalid image reference '" + Redaction.ofReference(reference) + "': " + Redaction.of(fault));
    }
}
