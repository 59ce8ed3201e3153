/**
 * A real API server for the end-to-end tests, on loopback: {@link
 * dev.imagemirror.operator.testing.kubernetes.TestingApiServer}.
 */
package dev.imagemirror.operator.testing.kubernetes;
