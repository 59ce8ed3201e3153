/**
 * What the core needs from the outside world: interfaces implemented by adapters, and the values exchanged only with
 * them.
 */
@NullMarked
package dev.imagemirror.operator.port;

import org.jspecify.annotations.NullMarked;
