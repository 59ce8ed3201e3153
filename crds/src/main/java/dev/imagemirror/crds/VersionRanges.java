package dev.imagemirror.crds;

/** Version ranges in a schema. What this accepts is still parsed by the operator. */
final class VersionRanges {
    private static final String VERSION = "[vV]?[0-9xX*]+(\\.[0-9xX*]+){0,2}(-[0-9A-Za-z.-]+)?";
    private static final String COMPARATOR = "(>=|<=|~>|[<>=^~])?[ ,]*" + VERSION;
    private static final String BETWEEN = "([ ,]+(-[ ,]+)?|[ ,]*\\|\\|[ ,]*)";

    static final String FORM = "^[ ,]*" + COMPARATOR + "(" + BETWEEN + COMPARATOR + ")*[ ,]*$";

    private VersionRanges() {}
}
