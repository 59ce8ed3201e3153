/** Value types of container images: references, digests, descriptors, manifests. No I/O. */
@NullMarked
package dev.imagemirror.image;

import org.jspecify.annotations.NullMarked;
