/**
 * The mirror table, the status table and the mirror table's stream in Amazon DynamoDB.
 *
 * <p>Tables make calls, mappers convert items, {@link dev.imagemirror.operator.dynamodb.TableCalls} retries throttling
 * and translates errors.
 */
@NullMarked
package dev.imagemirror.operator.dynamodb;

import org.jspecify.annotations.NullMarked;
