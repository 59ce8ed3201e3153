/** CloudFormation templates, worked out as the service does it, so that tests can look at each stack that can be made of them. */
package dev.imagemirror.operator.cloudformation;
