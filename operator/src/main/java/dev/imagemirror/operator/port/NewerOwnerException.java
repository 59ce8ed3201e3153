package dev.imagemirror.operator.port;

import dev.imagemirror.image.ImageReference;

/**
 * A newer operator wrote a destination's owner item, so it is left alone: this destination cannot be claimed or taken
 * over; others are unaffected. The message says so.
 */
public final class NewerOwnerException extends PortException {
    private static final long serialVersionUID = 1L;

    private final transient ImageReference destination;

    /**
     * An owner item to leave alone.
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

    /** Identity of the destination. */
    public ImageReference destination() {
        return destination;
    }
}
