/** The worker's sources of credentials: docker configurations and their helpers, Amazon ECR, SSM, Secrets Manager. */
@NullMarked
package dev.imagemirror.worker.credentials;

import org.jspecify.annotations.NullMarked;
