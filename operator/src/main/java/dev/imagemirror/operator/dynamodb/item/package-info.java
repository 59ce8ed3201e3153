/**
 * Converts table items to and from values: attribute names, expressions, one mapper per kind of item. Makes no calls.
 */
@NullMarked
package dev.imagemirror.operator.dynamodb.item;

import org.jspecify.annotations.NullMarked;
