/** Passes that change nothing: what a pass would do, for {@code plan}. */
@NullMarked
package dev.imagemirror.operator.reconcile.dry;

import org.jspecify.annotations.NullMarked;
