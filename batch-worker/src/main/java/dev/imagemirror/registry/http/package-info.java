/**
 * HTTP for registries: connections, proxies and TLS, address checks, redirects, retries, and reading responses. Knows
 * operations only by their contract, {@link dev.imagemirror.registry.http.RegistryEndpoint}.
 */
@NullMarked
package dev.imagemirror.registry.http;

import org.jspecify.annotations.NullMarked;
