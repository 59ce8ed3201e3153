/** Plain text for people: amounts, tables, colour, and lines that fit a terminal. */
@NullMarked
package dev.imagemirror.operator.text;

import org.jspecify.annotations.NullMarked;
