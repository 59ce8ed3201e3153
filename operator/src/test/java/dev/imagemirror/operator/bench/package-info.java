/** Benchmarks of the operator beside its peers; see {@code make bench-sweep}. */
package dev.imagemirror.operator.bench;
