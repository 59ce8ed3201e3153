package dev.imagemirror.operator.engine;

/**
 * Brings the world to one key's desired state. Called by several threads, but never concurrently for one key.
 *
 * @param <K> the key type
 */
@FunctionalInterface
public interface Reconciler<K> {
    /**
     * Runs one level-based pass over {@code key}.
     *
     * @throws Exception if the pass could not be completed; it is retried with backoff
     */
    ReconcileResult reconcile(K key) throws Exception;
}
