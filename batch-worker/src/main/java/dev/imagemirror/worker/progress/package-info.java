/** How the worker shows a copy's progress to people: live bars on a terminal, plain lines elsewhere. */
@NullMarked
package dev.imagemirror.worker.progress;

import org.jspecify.annotations.NullMarked;
