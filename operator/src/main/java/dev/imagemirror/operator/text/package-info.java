/** Plain text output: amounts, tables, colors, and lines that fit a terminal. */
@NullMarked
package dev.imagemirror.operator.text;

import org.jspecify.annotations.NullMarked;
