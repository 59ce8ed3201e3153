/** The operator's configuration: a YAML file and environment variables, parsed once, with every error at once. */
@NullMarked
package dev.imagemirror.operator.config;

import org.jspecify.annotations.NullMarked;
