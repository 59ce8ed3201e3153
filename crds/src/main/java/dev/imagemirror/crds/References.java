package dev.imagemirror.crds;

/**
 * References in a schema: the grammar of github.com/distribution/reference, as the operator reads it. The expressions
 * mean the same to RE2 (Kubernetes) and Java.
 */
final class References {
    /** Longer than registries accept in practice; as much as the CEL cost limit allows. */
    static final int MAX_LENGTH = 384;

    private static final String PORT = ":[0-9]{1,5}";
    private static final String REGISTRY =
            "([A-Za-z0-9-]+((\\.[A-Za-z0-9-]+)+(" + PORT + ")?|" + PORT + ")|\\[[0-9A-Fa-f:.]+\\](" + PORT + ")?)";
    private static final String COMPONENT = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
    private static final String NAME = "(" + REGISTRY + "/)?" + COMPONENT + "(/" + COMPONENT + ")*";
    private static final String TAG = "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?";

    /** With or without tag, without a digest. */
    static final String TAGGED = "^" + NAME + TAG + "$";

    /** With a tag, a digest, both or neither. */
    static final String ANY = "^" + NAME + TAG + "(@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$";

    /** An approximation of {@link #TAGGED}; short, since the cost of CEL grows with the expression. */
    static final String ROUGHLY_TAGGED = "^([\\w.:\\[\\]-]+/)?[a-z0-9._/-]+(:\\w[\\w.-]*)?$";

    /** A first component with an upper-case letter that is not a registry. */
    static final String UPPER_CASE_NAME = "^[^/.:]*[A-Z][^/.:]*(/|:|$)";

    /** Matches a tag at the end. */
    static final String HAS_TAG = ":[^/@]*$";

    /** Matches a tag before a digest. */
    static final String HAS_TAG_BEFORE_DIGEST = ":[^/@]*@";

    static final String NO_URL = "!self.contains('://')";
    static final String NO_URL_ADVICE = "an image reference is not a URL; remove the scheme, such as https://";

    private References() {}
}
