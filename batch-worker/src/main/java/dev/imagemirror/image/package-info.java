/** Pure values of container images: references, digests, descriptors, manifests. No I/O. */
package dev.imagemirror.image;
