/** Values of the operator: entries, pairs, what was observed of them, what follows from that. Pure and immutable. */
package dev.imagemirror.operator.domain;
