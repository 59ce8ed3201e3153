package dev.imagemirror.registry.model;

/**
 * What a failed registry operation means to its caller.
 *
 * <p>The reason is the word that status tables, reports and logs use.
 */
public enum ErrorKind {
    /** Time-out, connection fault, 408, 429, 5xx, altered data: worth another try later. */
    TEMPORARY("Temporary"),
    /** 401 or 403 after authentication, or no credential to be had. */
    ACCESS_DENIED("AccessDenied"),
    /** The tag, manifest or blob does not exist. */
    NOT_FOUND("NotFound"),
    /** The source image does not exist. */
    SOURCE_NOT_FOUND("SourceNotFound"),
    /** The source image exists, but not all that it names. */
    INCOMPLETE_SOURCE("IncompleteSource"),
    /** The source refuses to be read for another lasting reason. */
    SOURCE_REFUSED("SourceRefused"),
    /** The destination has no such repository and does not make one. */
    REPOSITORY_NOT_FOUND("RepositoryNotFound"),
    /** The destination's tag exists and may not change. */
    IMMUTABLE_TAG("ImmutableTag"),
    /** A destination refuses for another lasting reason. */
    REFUSED("Refused"),
    /** The image breaks the specification or a limit, so that it cannot be copied as it is. */
    INVALID_IMAGE("InvalidImage"),
    /** The configuration does not allow the host or where it leads; nobody was asked. */
    NOT_ALLOWED("NotAllowed"),
    /** The same of the source. */
    SOURCE_NOT_ALLOWED("SourceNotAllowed"),
    /** The same of the destination. */
    DESTINATION_NOT_ALLOWED("DestinationNotAllowed"),
    /** A fault of this program. */
    INTERNAL("Internal");

    private final String reason;

    ErrorKind(String reason) {
        this.reason = reason;
    }

    /** The reason word. */
    public String reason() {
        return reason;
    }
}
