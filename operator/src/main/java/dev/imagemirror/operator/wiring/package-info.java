/** Creates the adapters from the configuration; the only place that knows them all. */
@NullMarked
package dev.imagemirror.operator.wiring;

import org.jspecify.annotations.NullMarked;
