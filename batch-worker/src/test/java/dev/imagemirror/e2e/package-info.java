/** Tests against real peers: Debian's docker-registry and skopeo, and the packaged mirror command. */
package dev.imagemirror.e2e;
