package dev.imagemirror.operator.program;

/** System properties read by logback.xml; set before anything logs. */
public final class LogProperties {
    /** Logs are for services; in interactive commands they would clutter the output. */
    public static final String LEVEL = "mirror.operator.log.level";

    /** {@link #JSON} or text. */
    public static final String FORMAT = "mirror.operator.log.format";

    /** JSON logs. */
    public static final String JSON = "json";

    private LogProperties() {}

    /** True if logs are JSON. */
    public static boolean isJson() {
        return System.getProperty(FORMAT, "").equals(JSON);
    }
}
