/** Human-readable text, shared by the worker and the operator. */
@NullMarked
package dev.imagemirror.text;

import org.jspecify.annotations.NullMarked;
