/** What the core needs from the outside world, as interfaces that adapters implement, and the values that only they exchange. */
package dev.imagemirror.operator.port;
