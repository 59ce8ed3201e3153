/** Items of the tables as values and back: attribute names, expressions, one mapper for each kind of item. Makes no calls. */
@NullMarked
package dev.imagemirror.operator.dynamodb.item;

import org.jspecify.annotations.NullMarked;
