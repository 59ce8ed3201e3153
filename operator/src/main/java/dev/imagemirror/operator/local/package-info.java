/** Copy jobs in this process, for single-machine use. */
@NullMarked
package dev.imagemirror.operator.local;

import org.jspecify.annotations.NullMarked;
