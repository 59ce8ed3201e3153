/** What every part of the program receives from, and returns to, its caller: context, exit codes, failures. */
@NullMarked
package dev.imagemirror.operator.program;

import org.jspecify.annotations.NullMarked;
