/**
 * The client's inputs and outputs: repositories, credentials, scopes, manifests, tags and errors. Knows no HTTP and
 * nothing else of the client.
 */
@NullMarked
package dev.imagemirror.registry.model;

import org.jspecify.annotations.NullMarked;
