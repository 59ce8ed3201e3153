/** A level-based control loop over keys of any kind; knows nothing of mirrors. */
package dev.imagemirror.operator.engine;
