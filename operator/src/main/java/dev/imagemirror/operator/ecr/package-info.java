/** Amazon ECR's own API, where it says more, or more at a time, than the distribution API. */
@NullMarked
package dev.imagemirror.operator.ecr;

import org.jspecify.annotations.NullMarked;
