package dev.imagemirror.operator.domain.entry;

/**
 * A problem with a row.
 *
 * @param attribute the attribute at fault, such as {@code Destination} or {@code Tags.Semver}
 * @param fault what is wrong and what to write instead
 */
public record Problem(String attribute, String fault) {
    @Override
    public String toString() {
        return attribute + ": " + fault;
    }
}
