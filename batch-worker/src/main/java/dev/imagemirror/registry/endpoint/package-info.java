/**
 * One small class for each operation of the distribution API: what to send and how to read the response. Knows no
 * authorization, and is used only by the client.
 */
@NullMarked
package dev.imagemirror.registry.endpoint;

import org.jspecify.annotations.NullMarked;
