/**
 * One pass over a mirror entry, and its triggers: observe, decide, claim, record. Start with {@code MirrorReconciler}.
 */
@NullMarked
package dev.imagemirror.operator.reconcile;

import org.jspecify.annotations.NullMarked;
