/** Copy jobs in this process, for one machine. */
package dev.imagemirror.operator.local;
