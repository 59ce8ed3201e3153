package dev.imagemirror.image;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is listed as referring to an image. Entries that are no descriptors (OCI image specification, "Content
 * Descriptors") are left out: nothing could be asked for by them.
 *
 * @param referrers in the registry's order
 * @param skipped how many entries were left out
 * @param example what is wrong with one of those, printable
 */
public record ReferrerList(
        List<Descriptor> referrers, int skipped, @Nullable String example) {
    /** With nothing in it. */
    public static final ReferrerList NONE = new ReferrerList(List.of(), 0, null);

    private static final int MAX_SHOWN = 200;

    /** Copies the list. */
    public ReferrerList {
        referrers = List.copyOf(referrers);
    }

    /** What was left out, for people; empty if nothing was. */
    public String notice() {
        if (skipped == 0) {
            return "";
        }
        return (skipped == 1
                        ? "skipping 1 malformed entry in the list of referrers: "
                        : skipped + " malformed entries in the list of referrers are skipped, such as ")
                + example;
    }

    /** Collects entries, page by page. Not thread-safe. */
    public static final class Builder {
        private final List<Descriptor> referrers = new ArrayList<>();
        private int skipped;
        private @Nullable String example;

        /** Takes an entry. */
        public void add(Descriptor referrer) {
            referrers.add(referrer);
        }

        /** Counts an entry that is no descriptor. */
        public void skip(String fault) {
            skipped++;
            example = example == null ? printable(fault) : example;
        }

        /** Takes another page's entries. */
        public void addAll(ReferrerList other) {
            referrers.addAll(other.referrers);
            skipped += other.skipped;
            example = example == null ? other.example : example;
        }

        /** How many entries there are. */
        public int size() {
            return referrers.size();
        }

        /** The list. */
        public ReferrerList build() {
            return new ReferrerList(referrers, skipped, example);
        }

        private static String printable(String fault) {
            String cut = fault.length() <= MAX_SHOWN ? fault : fault.substring(0, MAX_SHOWN) + "…";
            return cut.replaceAll("[^ -~…]", "?");
        }
    }
}
