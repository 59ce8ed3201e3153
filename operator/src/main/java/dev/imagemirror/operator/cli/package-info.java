/** The commands of {@code mirror-operator}, one picocli class each; {@code MirrorOperator} puts them together. */
package dev.imagemirror.operator.cli;
