/** What every part of the program gets from, and returns to, whoever started it: the context, exit codes, failures. */
@NullMarked
package dev.imagemirror.operator.program;

import org.jspecify.annotations.NullMarked;
