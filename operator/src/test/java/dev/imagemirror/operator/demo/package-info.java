/** The operator on one machine: the demo, and a person's own registries. DynamoDB Local runs in the process. */
package dev.imagemirror.operator.demo;
