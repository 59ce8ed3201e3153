/** The parts of the testing registry: content, endpoints of the OCI distribution API, and authentication. */
package dev.imagemirror.testing.registry;
