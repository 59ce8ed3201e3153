/** The commands of {@code mirror-operator}, one picocli class each; {@code MirrorOperator} puts them together. */
@NullMarked
package dev.imagemirror.operator.cli;

import org.jspecify.annotations.NullMarked;
