package dev.imagemirror.operator.port;

/**
 * A table's key schema is not the operator's: nothing in it can be read. Normally {@code DescribeTable} detects this at
 * startup. The message names the actual key, the expected one, and the setting that names the table.
 */
public final class WrongKeyException extends PortException {
    private static final long serialVersionUID = 1L;

    /**
     * A table with another key schema.
     *
     * @param outOfReach the table, for display
     * @param actual the actual key attribute
     * @param wanted the complete expected key
     * @param setting the setting that names the table
     */
    public WrongKeyException(String outOfReach, String actual, String wanted, String setting) {
        super(
                outOfReach,
                outOfReach + ": " + actual + "; correct " + setting
                        + " if it names the wrong table, or recreate this one with key " + wanted,
                null);
    }
}
