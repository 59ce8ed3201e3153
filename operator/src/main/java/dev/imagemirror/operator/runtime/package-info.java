/**
 * What runs: the continuous service, one-shot sweeps, runs for single events, and around them lease, shutdown and the
 * management port.
 */
@NullMarked
package dev.imagemirror.operator.runtime;

import org.jspecify.annotations.NullMarked;
