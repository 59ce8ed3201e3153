package dev.imagemirror.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Formats a number of bytes for people: {@code 12.3 MiB}. */
public final class ByteSize {
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");

    private ByteSize() {}

    /** With one decimal, or exact below 1 KiB. */
    public static String of(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.size() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }

    /**
     * Parses the output of {@link #of}; approximate.
     *
     * @throws ArithmeticException on overflow
     * @throws IllegalArgumentException if the text is malformed
     */
    public static long parse(String size) {
        int space = size.indexOf(' ');
        String unit = size.substring(space + 1);
        int power = unit.equals("B") ? 0 : UNITS.indexOf(unit) + 1;
        if (space < 0 || (power == 0 && !unit.equals("B"))) {
            throw new IllegalArgumentException("no size: " + size);
        }
        BigDecimal one = BigDecimal.valueOf(1L << (10 * power));
        return new BigDecimal(size.substring(0, space))
                .multiply(one)
                .toBigInteger()
                .longValueExact();
    }
}
