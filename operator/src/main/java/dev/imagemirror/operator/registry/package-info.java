/**
 * What registries have, asked by the distribution API: {@link
 * dev.imagemirror.operator.registry.RegistryDigestResolver}. Each registry has its own {@link
 * dev.imagemirror.operator.registry.RegistryThrottle}, so that a slow one keeps nobody from the others.
 */
@NullMarked
package dev.imagemirror.operator.registry;

import org.jspecify.annotations.NullMarked;
