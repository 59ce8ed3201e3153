/** Creates the adapters from the configuration; the only place that knows them all. */
package dev.imagemirror.operator.wiring;
