package dev.imagemirror.operator.domain;

/**
 * A status table item that cannot be interpreted.
 *
 * @param entry the entry it belongs to
 * @param name distinguishes it from the entry's other items
 * @param fault what is wrong with it and what to do
 * @param removable true if it holds nothing worth keeping: no claim, and nothing of a newer operator
 */
public record UnreadableItem(EntryKey entry, String name, String fault, boolean removable) {}
