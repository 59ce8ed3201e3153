/** A generic level-based control loop over keys; knows nothing of mirrors. */
@NullMarked
package dev.imagemirror.operator.engine;

import org.jspecify.annotations.NullMarked;
