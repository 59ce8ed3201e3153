/** How threads are made, by the worker and the operator. */
package dev.imagemirror.thread;
