/** MirrorPolicy YAML to and from rows of the mirror table, without a cluster. */
@NullMarked
package dev.imagemirror.operator.policy;

import org.jspecify.annotations.NullMarked;
