/** The operator against real peers: moto as AWS, the AWS CLI, docker-registry and skopeo. */
package dev.imagemirror.operator.e2e;
