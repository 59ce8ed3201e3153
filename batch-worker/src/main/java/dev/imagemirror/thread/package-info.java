/** How threads are made and how long they wait after failures, in the worker and the operator. */
@NullMarked
package dev.imagemirror.thread;

import org.jspecify.annotations.NullMarked;
