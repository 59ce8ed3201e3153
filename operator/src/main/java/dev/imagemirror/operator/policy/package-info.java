/** Converts MirrorPolicy YAML to and from mirror table rows, without a cluster. */
@NullMarked
package dev.imagemirror.operator.policy;

import org.jspecify.annotations.NullMarked;
