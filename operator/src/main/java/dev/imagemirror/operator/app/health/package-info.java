/** A program of its own beside the operator: its health check, which loads nothing but the JDK. */
@NullMarked
package dev.imagemirror.operator.app.health;

import org.jspecify.annotations.NullMarked;
