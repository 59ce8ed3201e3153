/** One pass over a mirror entry, and what triggers it: observe, decide, claim, record. Start with {@code MirrorReconciler}. */
package dev.imagemirror.operator.reconcile;
