package dev.imagemirror.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to the rows of a {@code MirrorPolicy} when the policy itself is deleted. Images are never deleted. */
public enum DeletionPolicy {
    /** The rows are removed, so mirroring stops. */
    @JsonProperty("Delete")
    DELETE,

    /** The rows stay without an owner: mirroring continues, and another policy may adopt them. */
    @JsonProperty("Orphan")
    ORPHAN
}
