/**
 * HTTP as registries need it: connections, proxies and TLS, which addresses may be asked, redirects, retries, and how
 * answers are read. Knows operations only by their contract, {@link dev.imagemirror.registry.http.RegistryEndpoint}.
 */
@NullMarked
package dev.imagemirror.registry.http;

import org.jspecify.annotations.NullMarked;
