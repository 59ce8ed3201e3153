/**
 * Client of the OCI distribution API: one small class an endpoint, {@link dev.imagemirror.registry.RegistryCaller} the
 * one place that does HTTP, {@link dev.imagemirror.registry.StatusErrors} the one that turns statuses into errors.
 */
package dev.imagemirror.registry;
