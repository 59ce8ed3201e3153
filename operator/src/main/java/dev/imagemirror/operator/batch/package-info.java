/** Copy jobs on AWS Batch, with their reports read from CloudWatch Logs. */
@NullMarked
package dev.imagemirror.operator.batch;

import org.jspecify.annotations.NullMarked;
