/** MirrorPolicy YAML to and from rows of the mirror table, without a cluster. */
package dev.imagemirror.operator.policy;
