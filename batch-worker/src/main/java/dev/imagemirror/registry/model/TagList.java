package dev.imagemirror.registry.model;

import dev.imagemirror.image.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All tags of a repository. Invalid names (OCI distribution specification, "Pulling manifests") are skipped: they
 * cannot be requested.
 *
 * @param tags distinct, in the registry's order
 * @param skipped number of skipped names
 * @param example one of those, printable; empty if none was skipped
 */
public record TagList(List<String> tags, int skipped, String example) {
    private static final int MAX_SHOWN = 60;

    /** Copies the list. */
    public TagList {
        tags = List.copyOf(tags);
    }

    /** A notice about skipped names; empty if there are none. */
    public String notice() {
        if (skipped == 0) {
            return "";
        }
        return (skipped == 1
                        ? "skipped 1 invalid name in the list of tags: "
                        : "skipped " + skipped + " invalid names in the list of tags, such as ")
                + "'" + example + "'";
    }

    /** Collects names, valid or not. Not thread-safe. */
    public static final class Builder {
        private final Set<String> tags = new LinkedHashSet<>();
        private int skipped;
        private String example = "";

        /** Adds a name if it is a valid tag; true if it is valid and new. */
        public boolean add(String name) {
            if (ImageReference.isTag(name)) {
                return tags.add(name);
            }
            skip(name);
            return false;
        }

        /** Counts an invalid name. */
        public void skip(String name) {
            example = skipped == 0 ? printable(name) : example;
            skipped++;
        }

        /** Adds another list's tags; true if any is new. */
        public boolean addAll(TagList other) {
            example = skipped == 0 ? other.example : example;
            skipped += other.skipped;
            return tags.addAll(other.tags);
        }

        /** The number of tags. */
        public int size() {
            return tags.size();
        }

        /** Builds the list. */
        public TagList build() {
            return new TagList(new ArrayList<>(tags), skipped, example);
        }

        private static String printable(String name) {
            String cut = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
            StringBuilder shown = new StringBuilder();
            cut.chars()
                    .forEach(c -> shown.append(
                            (c >= ' ' && c <= '~') || c == '…' ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
            return shown.toString();
        }
    }
}
