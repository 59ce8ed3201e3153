/** Images made up for tests: every kind of manifest and layer, with content that follows from a seed. */
package dev.imagemirror.testing.image;
