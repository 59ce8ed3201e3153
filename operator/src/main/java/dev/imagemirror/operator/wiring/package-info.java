/** Creates the adapters from the configuration; the only package that knows them all. */
@NullMarked
package dev.imagemirror.operator.wiring;

import org.jspecify.annotations.NullMarked;
