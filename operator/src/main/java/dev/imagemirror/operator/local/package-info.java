/** Copy jobs in this process, for one machine. */
@NullMarked
package dev.imagemirror.operator.local;

import org.jspecify.annotations.NullMarked;
