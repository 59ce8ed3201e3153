package dev.imagemirror.image;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The listed referrers of an image. Entries that are not descriptors (OCI image specification, "Content Descriptors")
 * are skipped: they cannot be requested.
 *
 * @param referrers in the registry's order
 * @param skipped how many entries were skipped
 * @param example what is wrong with one of them, printable
 */
public record ReferrerList(
        List<Descriptor> referrers, int skipped, @Nullable String example) {
    /** The empty list. */
    public static final ReferrerList NONE = new ReferrerList(List.of(), 0, null);

    private static final int MAX_SHOWN = 200;

    /** Copies the list. */
    public ReferrerList {
        referrers = List.copyOf(referrers);
    }

    /** A notice about skipped entries; empty if there are none. */
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

        /** Adds an entry. */
        public void add(Descriptor referrer) {
            referrers.add(referrer);
        }

        /** Counts an entry that is not a descriptor. */
        public void skip(String fault) {
            skipped++;
            example = example == null ? printable(fault) : example;
        }

        /** Adds the entries of another page. */
        public void addAll(ReferrerList other) {
            referrers.addAll(other.referrers);
            skipped += other.skipped;
            example = example == null ? other.example : example;
        }

        /** The number of entries. */
        public int size() {
            return referrers.size();
        }

        /** Builds the list. */
        public ReferrerList build() {
            return new ReferrerList(referrers, skipped, example);
        }

        private static String printable(String fault) {
            String cut = fault.length() <= MAX_SHOWN ? fault : fault.substring(0, MAX_SHOWN) + "…";
            return cut.replaceAll("[^ -~…]", "?");
        }
    }
}
