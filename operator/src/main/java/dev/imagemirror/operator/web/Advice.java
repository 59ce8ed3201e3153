package dev.imagemirror.operator.web;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.Reason;

/**
 * A reason in words.
 *
 * @param words what blocks the pair
 * @param action what to do, or what happens automatically
 */
record Advice(String words, String action) {
    static Advice of(Reason reason, EntryKey key) {
        String sync = reason.waitsForSync() ? " Then run: mirror-operator sync " + key.shellWord() : "";
        return new Advice(reason.sentence(), reason.action() + sync);
    }
}
