package dev.imagemirror.image;

import org.jspecify.annotations.Nullable;

/**
 * The platform of an index entry.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v8}
 */
public record Platform(
        String os, String architecture, @Nullable String variant) {
    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
