package dev.imagemirror.crds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A CEL rule for each element of a list of texts, so that the server names and quotes the one that is wrong. The
 * generator's own annotation cannot stand at a list's elements.
 */
@Repeatable(ItemRule.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ItemRule {
    /** The CEL expression; {@code self} is the element. */
    String value();

    /** What to write instead. */
    String message();

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface List {
        /** The rules. */
        ItemRule[] value();
    }
}
