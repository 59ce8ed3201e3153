package dev.imagemirror.operator.domain;

import dev.imagemirror.image.Redaction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Key of a mirror entry: the {@code Source} attribute exactly as written, with an optional {@code #owner} suffix that
 * lets several owners mirror one source.
 *
 * @param text as in the table; never empty
 */
public record EntryKey(String text) implements Comparable<EntryKey> {
    /** Characters that shells do not interpret. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@#+-]*");

    /** Rejects an empty key. Interns the text: large tables are held in memory several times over. */
    public EntryKey {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an entry's key cannot be empty");
        }
        text = text.intern();
    }

    /** The key of {@code reference} declared by {@code owner}. */
    public static EntryKey owned(String reference, String owner) {
        return new EntryKey(reference + "#" + owner);
    }

    /** The source reference as written, without the owner. */
    public String reference() {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    /** The owner that declared the entry, if any. */
    public @Nullable String owner() {
        int hash = text.indexOf('#');
        return hash < 0 ? null : text.substring(hash + 1);
    }

    /** The key quoted for a shell, safe to paste into a command line. */
    public String shellWord() {
        String shown = toString();
        return PLAIN.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'";
    }

    @Override
    public int compareTo(EntryKey other) {
        return text.compareTo(other.text);
    }

    /** For display and logs; redacts any embedded password. */
    @Override
    public String toString() {
        return Redaction.ofReference(text);
    }
}
