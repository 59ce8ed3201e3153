/** A small HTTP/1.1 server for tests that gives its user control over every byte and over the connection itself. */
package dev.imagemirror.testing.http;
