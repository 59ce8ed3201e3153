/** The text and documents that commands print. */
@NullMarked
package dev.imagemirror.operator.cli.view;

import org.jspecify.annotations.NullMarked;
