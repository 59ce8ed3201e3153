/** What the core needs from the outside world, as interfaces that adapters implement, and the values that only they exchange. */
@NullMarked
package dev.imagemirror.operator.port;

import org.jspecify.annotations.NullMarked;
