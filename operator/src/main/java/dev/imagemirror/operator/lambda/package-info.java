/** The operator as an AWS Lambda function. */
package dev.imagemirror.operator.lambda;
