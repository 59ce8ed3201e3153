package dev.imagemirror.registry.model;

import dev.imagemirror.image.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A repository's tags, every page. Names that are no tags (OCI distribution specification, "Pulling manifests") are left
 * out: nothing could be asked for by them.
 *
 * @param tags distinct, in the registry's order
 * @param skipped how many names were left out
 * @param example one of those, printable, or null if there is none
 */
public record TagList(List<String> tags, int skipped, String example) {
    private static final int MAX_SHOWN = 60;

    /** Copies the list. */
    public TagList {
        tags = List.copyOf(tags);
    }

    /** What was left out, for people; empty if nothing was. */
    public String notice() {
        if (skipped == 0) {
            return "";
        }
        return (skipped == 1
                        ? "1 name in the list of tags is no tag and is skipped: "
                        : skipped + " names in the list of tags are no tags and are skipped, such as ")
                + "'" + example + "'";
    }

    /** Collects names, whatever they are. Not thread-safe. */
    public static final class Builder {
        private final Set<String> tags = new LinkedHashSet<>();
        private int skipped;
        private String example;

        /** Takes a name if it is a tag; true if it is a tag that was not there yet. */
        public boolean add(String name) {
            if (ImageReference.isTag(name)) {
                return tags.add(name);
            }
            skip(name);
            return false;
        }

        /** Counts a name that is no tag. */
        public void skip(String name) {
            skipped++;
            example = example == null ? printable(name) : example;
        }

        /** Takes another list's tags; true if one of them was not there yet. */
        public boolean addAll(TagList other) {
            skipped += other.skipped;
            example = example == null ? other.example : example;
            return tags.addAll(other.tags);
        }

        /** How many tags there are. */
        public int size() {
            return tags.size();
        }

        /** The list. */
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
