package dev.imagemirror.operator.program;

/** System properties that logback.xml reads; the program sets them before anything logs. */
public final class LogProperties {
    /** A log belongs to a service, and disturbs who waits for an answer. */
    public static final String LEVEL = "mirror.operator.log.level";

    /** {@link #JSON} or text. */
    public static final String FORMAT = "mirror.operator.log.format";

    /** A log for programs. */
    public static final String JSON = "json";

    private LogProperties() {}

    /** True where the log is for programs. */
    public static boolean isJson() {
        return System.getProperty(FORMAT, "").equals(JSON);
    }
}
