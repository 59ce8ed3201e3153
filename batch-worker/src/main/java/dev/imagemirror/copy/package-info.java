/**
 * The copy engine: {@link dev.imagemirror.copy.ImageCopier} resolves the source once, then every destination repository
 * makes its own way through plan, blobs, manifests and tag, so that none waits for a slow or failing one. What they
 * share is the download: {@link dev.imagemirror.copy.BlobBroadcast} reads a blob from the source once and hands it to all
 * of them.
 */
@NullMarked
package dev.imagemirror.copy;

import org.jspecify.annotations.NullMarked;
