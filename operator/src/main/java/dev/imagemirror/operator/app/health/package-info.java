/** A program of its own beside the operator: its health check, which loads nothing but the JDK. */
package dev.imagemirror.operator.app.health;
