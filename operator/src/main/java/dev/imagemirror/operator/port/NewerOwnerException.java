package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;

/**
 * A newer operator wrote a destination's owner item, which is therefore left alone: this destination cannot be claimed or
 * taken over, and others can. The message says so for people.
 */
public final class NewerOwnerException extends PortException {
    private static final long serialVersionUID = 1L;

    private final transient ImageReference destination;

    /**
     * An owner item that is left alone.
     *
     * @param schema schema version of the owner item
     */
    public NewerOwnerException(ImageReference destination, String schema) {
        super(
                "a newer operator wrote the owner item of " + destination + " in the status table (schema version "
                        + schema + "), so this operator ignores it; upgrade this operator",
                null);
        this.destination = destination;
    }

    /** The destination, as its identity. */
    public ImageReference destination() {
        return destination;
    }
}
