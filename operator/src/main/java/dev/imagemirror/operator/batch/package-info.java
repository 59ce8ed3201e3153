/** Copy jobs on AWS Batch, with their reports read from CloudWatch Logs. */
package dev.imagemirror.operator.batch;
