/** The text and documents that commands print. */
package dev.imagemirror.operator.cli.view;
