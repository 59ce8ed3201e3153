/** One pass over a mirror entry, and its triggers: observe, decide, claim, record. See {@code MirrorReconciler}. */
@NullMarked
package dev.imagemirror.operator.reconcile;

import org.jspecify.annotations.NullMarked;
