/** The operator's health check, a separate program that loads little but the JDK. */
@NullMarked
package dev.imagemirror.operator.app.health;

import org.jspecify.annotations.NullMarked;
