/** Faults that a testing server commits on request: which requests they hit and what they do to them. */
package dev.imagemirror.testing.fault;
