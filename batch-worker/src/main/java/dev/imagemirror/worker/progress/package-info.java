/** Displays a copy's progress: live bars on a terminal, plain lines elsewhere. */
@NullMarked
package dev.imagemirror.worker.progress;

import org.jspecify.annotations.NullMarked;
