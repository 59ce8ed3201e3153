/** A world in memory in which processes are stopped, stalled and killed between any two calls of their ports. */
package dev.imagemirror.operator.chaos;
