/** What AWS tells of: events from an SQS queue, of ECR, Batch and the mirror table. */
package dev.imagemirror.operator.events;
