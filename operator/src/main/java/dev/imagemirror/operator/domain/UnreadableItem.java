package dev.imagemirror.operator.domain;

/**
 * An item of the status table of which nothing can be made.
 *
 * @param entry whose it is
 * @param name tells it apart from the entry's others
 * @param fault what is wrong with it, and what to do
 * @param removable true if it holds nothing that anybody has to remember: no claim, and nothing of a newer operator
 */
public record UnreadableItem(EntryKey entry, String name, String fault, boolean removable) {}
