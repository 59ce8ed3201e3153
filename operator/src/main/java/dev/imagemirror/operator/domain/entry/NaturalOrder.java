package dev.imagemirror.operator.domain.entry;

import java.util.Comparator;

/** Natural order of tags: runs of digits compare as numbers, so {@code 1.9} sorts before {@code 1.10}. */
final class NaturalOrder implements Comparator<String> {
    /** Lowest first; texts that differ only in leading zeros are ordered as plain text. */
    static final Comparator<String> OF_TAGS = new NaturalOrder().thenComparing(Comparator.naturalOrder());

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int endOne = endOfPart(one, i);
            int endOther = endOfPart(other, j);
            int order = compareParts(one.substring(i, endOne), other.substring(j, endOther));
            if (order != 0) {
                return order;
            }
            i = endOne;
            j = endOther;
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    /** A part is a run of digits or one other character. */
    private static int endOfPart(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return Math.max(end, start + 1);
    }

    private static int compareParts(String one, String other) {
        if (!isDigit(one.charAt(0)) || !isDigit(other.charAt(0))) {
            return Character.compare(one.charAt(0), other.charAt(0));
        }
        String number = withoutLeadingZeros(one);
        String otherNumber = withoutLeadingZeros(other);
        int order = Integer.compare(number.length(), otherNumber.length());
        return order != 0 ? order : number.compareTo(otherNumber);
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
