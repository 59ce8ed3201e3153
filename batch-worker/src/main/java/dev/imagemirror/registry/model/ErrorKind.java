package dev.imagemirror.registry.model;

/**
 * What a failed registry operation means to its caller.
 *
 * <p>Status tables, reports and logs use the reason.
 */
public enum ErrorKind {
    /** Time-out, connection fault, 408, 429, 5xx, altered data: worth retrying later. */
    TEMPORARY("Temporary"),
    /** 401 or 403 after authentication, or no credential available. */
    ACCESS_DENIED("AccessDenied"),
    /** The tag, manifest or blob does not exist. */
    NOT_FOUND("NotFound"),
    /** The source image does not exist. */
    SOURCE_NOT_FOUND("SourceNotFound"),
    /** The source image exists, but some of its content is missing. */
    INCOMPLETE_SOURCE("IncompleteSource"),
    /** The source cannot be read for another permanent reason. */
    SOURCE_REFUSED("SourceRefused"),
    /** The destination has no such repository and does not create one. */
    REPOSITORY_NOT_FOUND("RepositoryNotFound"),
    /** The destination's tag exists and is immutable. */
    IMMUTABLE_TAG("ImmutableTag"),
    /** A destination refuses for another permanent reason. */
    REFUSED("Refused"),
    /** The image violates the specification or a limit, so that it cannot be copied as it is. */
    INVALID_IMAGE("InvalidImage"),
    /** The configuration does not allow the host or where it leads; no request was sent. */
    NOT_ALLOWED("NotAllowed"),
    /** The same, for the source. */
    SOURCE_NOT_ALLOWED("SourceNotAllowed"),
    /** The same, for the destination. */
    DESTINATION_NOT_ALLOWED("DestinationNotAllowed"),
    /** A bug in this program. */
    INTERNAL("Internal");

    private final String reason;

    ErrorKind(String reason) {
        this.reason = reason;
    }

    /** The reason, in one word. */
    public String reason() {
        return reason;
    }
}
