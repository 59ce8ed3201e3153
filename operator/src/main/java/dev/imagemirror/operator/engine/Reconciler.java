package dev.imagemirror.operator.engine;

/**
 * Brings one key's world to its desired state. Called by several threads, but for one key by one at a time.
 *
 * @param <K> what keys are
 */
@FunctionalInterface
public interface Reconciler<K> {
    /**
     * One level-based pass over {@code key}.
     *
     * @throws Exception if the pass could not be completed; it is repeated after a backoff
     */
    ReconcileResult reconcile(K key) throws Exception;
}
