package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.util.List;

/** Texts that are no longer than the schema allows. */
final class Texts {
    private Texts() {}

    /** The text's beginning, visible and without secrets. The schema counts code points; UTF-16 units are as many or more. */
    static String cut(String foreign, int length) {
        String text = Visible.of(Redaction.of(foreign));
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }

    /** As many texts as find room, and how many do not. */
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
