/** Where the worker's credentials come from: docker configurations and their helpers, Amazon ECR, SSM, Secrets Manager. */
@NullMarked
package dev.imagemirror.worker.credentials;

import org.jspecify.annotations.NullMarked;
