/** The operator's configuration: a YAML file and environment variables, parsed once, with every error at once. */
package dev.imagemirror.operator.config;
