/** One pass over a mirror entry, and what triggers it: observe, decide, claim, record. Start with {@code MirrorReconciler}. */
@NullMarked
package dev.imagemirror.operator.reconcile;

import org.jspecify.annotations.NullMarked;
