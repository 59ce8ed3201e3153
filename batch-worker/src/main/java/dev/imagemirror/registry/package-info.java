/**
 * Client of the OCI distribution API. Start with {@link dev.imagemirror.registry.RegistryClient};
 * {@link dev.imagemirror.registry.RegistryCaller} sends every request, and
 * {@link dev.imagemirror.registry.StatusErrors} turns statuses into errors. Built on its subpackages: model, then http,
 * then auth and endpoint.
 */
@NullMarked
package dev.imagemirror.registry;

import org.jspecify.annotations.NullMarked;
