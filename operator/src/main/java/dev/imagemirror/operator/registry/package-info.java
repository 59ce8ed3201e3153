/**
 * Queries registries by the distribution API: {@link dev.imagemirror.operator.registry.RegistryDigestResolver}. Each
 * registry has its own {@link dev.imagemirror.operator.registry.RegistryThrottle}, so that a slow one does not block
 * the others.
 */
@NullMarked
package dev.imagemirror.operator.registry;

import org.jspecify.annotations.NullMarked;
