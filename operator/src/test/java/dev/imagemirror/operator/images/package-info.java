/** End-to-end tests of the container images: built on a base image made from Debian packages, and run. */
package dev.imagemirror.operator.images;
