package dev.imagemirror.operator.program;

/** The version from the jar's manifest; classes outside a jar have none. */
public final class ProgramVersion {
    private ProgramVersion() {}

    /** The program's name and version. */
    public static String line() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return "mirror-operator " + (version == null ? "(development build)" : version);
    }
}
