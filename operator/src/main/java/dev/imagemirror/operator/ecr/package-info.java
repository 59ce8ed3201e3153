/** Amazon ECR's own API, for what the distribution API cannot do, or not in bulk. */
@NullMarked
package dev.imagemirror.operator.ecr;

import org.jspecify.annotations.NullMarked;
