package dev.imagemirror.operator.port;

/**
 * A table has another key than the operator's, which {@code DescribeTable} would have told at start if it had answered:
 * nothing of the table can be understood. The message says what the key is, what it should be, and which setting names
 * the table.
 */
public final class WrongKeyException extends PortException {
    private static final long serialVersionUID = 1L;

    /**
     * A table in another form.
     *
     * @param outOfReach the table, for people
     * @param actual the key attribute and what it is
     * @param wanted the whole key
     * @param setting that names the table
     */
    public WrongKeyException(String outOfReach, String actual, String wanted, String setting) {
        super(
                outOfReach,
                outOfReach + ": " + actual + "; correct " + setting
                        + " if it names the wrong table, or recreate this one with key " + wanted,
                null);
    }
}
