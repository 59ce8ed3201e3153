/** Hand-written stand-ins for the reconciler's ports. */
package dev.imagemirror.operator.testing;
