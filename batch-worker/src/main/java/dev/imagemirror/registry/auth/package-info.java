/** The {@code Authorization} of each request: challenges, tokens and their cache. Knows no endpoints. */
@NullMarked
package dev.imagemirror.registry.auth;

import org.jspecify.annotations.NullMarked;
