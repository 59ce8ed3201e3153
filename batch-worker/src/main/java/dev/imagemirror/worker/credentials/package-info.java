/** Where the worker's credentials come from: docker configurations and their helpers, Amazon ECR, SSM, Secrets Manager. */
package dev.imagemirror.worker.credentials;
