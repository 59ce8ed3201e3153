/** The entry point {@code Main}, and what logback.xml names: encoders that keep secrets out of the log. Nothing depends on this package. */
@NullMarked
package dev.imagemirror.operator.app;

import org.jspecify.annotations.NullMarked;
