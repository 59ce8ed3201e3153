/** Thread creation and backoff, shared by the worker and the operator. */
@NullMarked
package dev.imagemirror.thread;

import org.jspecify.annotations.NullMarked;
