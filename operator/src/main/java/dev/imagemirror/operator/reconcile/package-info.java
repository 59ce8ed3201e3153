/** The reconciler of mirror entries and the ports that it needs. */
package dev.imagemirror.operator.reconcile;
