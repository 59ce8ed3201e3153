/** The entry point {@code Main}, and log encoders, named in logback.xml, that redact secrets. Nothing depends on it. */
@NullMarked
package dev.imagemirror.operator.app;

import org.jspecify.annotations.NullMarked;
