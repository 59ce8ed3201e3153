/** The commands of {@code mirror-operator}, one picocli class each, assembled by {@code MirrorOperator}. */
@NullMarked
package dev.imagemirror.operator.cli;

import org.jspecify.annotations.NullMarked;
