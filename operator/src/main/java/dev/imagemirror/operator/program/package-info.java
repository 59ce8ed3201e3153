/** What every part of the program gets from, and returns to, whoever started it: the context, exit codes, failures. */
package dev.imagemirror.operator.program;
