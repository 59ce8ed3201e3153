package dev.imagemirror.crds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A CEL rule for each element of a list of strings, so that the server names and quotes the invalid one. The
 * generator's own annotation cannot be applied to list elements.
 */
@Repeatable(ItemRule.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ItemRule {
    /** The CEL expression; {@code self} is the element. */
    String value();

    /** The message, saying what to write instead. */
    String message();

    /** A container for several rules. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface List {
        /** The rules. */
        ItemRule[] value();
    }
}
