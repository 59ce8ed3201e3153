/** The {@code Authorization} of each request: challenges, tokens and their cache. Knows no endpoints. */
package dev.imagemirror.registry.auth;
