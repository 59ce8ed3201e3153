/** What AWS tells of: events from an SQS queue, of ECR, Batch and the mirror table. */
@NullMarked
package dev.imagemirror.operator.events;

import org.jspecify.annotations.NullMarked;
