/** Benchmarks beside peers, in one run: ratios are what counts, since the machine is never quiet. */
package dev.imagemirror.bench;
