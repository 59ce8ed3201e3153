/** AWS events (ECR, Batch, the mirror table) from an SQS queue. */
@NullMarked
package dev.imagemirror.operator.events;

import org.jspecify.annotations.NullMarked;
