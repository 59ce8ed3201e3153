/** The operator as an AWS Lambda function. */
@NullMarked
package dev.imagemirror.operator.lambda;

import org.jspecify.annotations.NullMarked;
