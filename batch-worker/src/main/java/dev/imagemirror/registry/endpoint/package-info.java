/**
 * One small class for each operation of the distribution API: what to send and how to read the answer. Knows no
 * authorization, and is used by the client alone.
 */
package dev.imagemirror.registry.endpoint;
