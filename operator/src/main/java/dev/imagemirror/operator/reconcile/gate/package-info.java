/** May this pair be copied? One small class for each reason not to; {@code CopyGates} has their order. */
@NullMarked
package dev.imagemirror.operator.reconcile.gate;

import org.jspecify.annotations.NullMarked;
