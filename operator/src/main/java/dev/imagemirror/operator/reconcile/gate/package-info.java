/** May this be copied? Every reason not to, one small class each; {@code CopyGates} has their order. */
@NullMarked
package dev.imagemirror.operator.reconcile.gate;

import org.jspecify.annotations.NullMarked;
