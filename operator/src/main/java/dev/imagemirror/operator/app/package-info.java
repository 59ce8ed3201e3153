/** The {@code mirror-operator} command; the only place where the operator's parts are wired together. */
package dev.imagemirror.operator.app;
