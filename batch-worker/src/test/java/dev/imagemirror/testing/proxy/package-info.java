/** The forward proxy's parts. */
package dev.imagemirror.testing.proxy;
