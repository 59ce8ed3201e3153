/**
 * The mirror table, the status table and the mirror table's stream in Amazon DynamoDB.
 *
 * <p>Tables ask, mappers turn items into values and back, {@link dev.imagemirror.operator.dynamodb.TableCalls} waits out
 * throttling and translates errors.
 */
@NullMarked
package dev.imagemirror.operator.dynamodb;

import org.jspecify.annotations.NullMarked;
