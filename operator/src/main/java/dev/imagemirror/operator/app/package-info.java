/**
 * The entry point {@code Main}, and the classes named in logback.xml: encoders that redact secrets. Nothing depends on
 * this package.
 */
@NullMarked
package dev.imagemirror.operator.app;

import org.jspecify.annotations.NullMarked;
