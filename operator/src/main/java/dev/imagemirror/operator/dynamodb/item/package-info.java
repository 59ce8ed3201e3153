/** Items of the tables as values and back: attribute names, expressions, one mapper for each kind of item. Makes no calls. */
package dev.imagemirror.operator.dynamodb.item;
