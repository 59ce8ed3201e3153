/** A level-based control loop over keys of any kind; knows nothing of mirrors. */
@NullMarked
package dev.imagemirror.operator.engine;

import org.jspecify.annotations.NullMarked;
