/**
 * What runs: the continuous service, the sweep of a run that ends, runs for single events, and around them lease, shutdown and
 * the management port.
 */
@NullMarked
package dev.imagemirror.operator.runtime;

import org.jspecify.annotations.NullMarked;
