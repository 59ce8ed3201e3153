/** Stand-ins for what a mirror talks to: a registry that can misbehave, a blob host, a proxy, and images to copy. */
package dev.imagemirror.testing;
