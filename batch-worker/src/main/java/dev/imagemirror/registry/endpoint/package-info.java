/**
 * One small class for each operation of the distribution API: what to send and how to read the answer. Knows no
 * authorization, and is used by the client alone.
 */
@NullMarked
package dev.imagemirror.registry.endpoint;

import org.jspecify.annotations.NullMarked;
