/** Plain text for people: amounts, tables, colour, and lines that fit a terminal. */
package dev.imagemirror.operator.text;
