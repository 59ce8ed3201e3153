package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.util.List;

/** Fits texts into the schema's length limits. */
final class Texts {
    private Texts() {}

    /**
     * The start of the text, printable and redacted. The schema counts code points; UTF-16 units are at least as many.
     */
    static String cut(String foreign, int length) {
        String text = Visible.of(Redaction.of(foreign));
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    /** As many texts as fit, and the number left out. */
    static String joined(List<String> texts, int length) {
        StringBuilder joined = new StringBuilder();
        int room = length - "; and 999999 more".length();
        for (int i = 0; i < texts.size(); i++) {
            String text = (i == 0 ? "" : "; ") + texts.get(i);
            if (i > 0 && joined.length() + text.length() > room) {
                return joined + "; and " + (texts.size() - i) + " more";
            }
            joined.append(cut(text, room));
        }
        return joined.toString();
    }
}
