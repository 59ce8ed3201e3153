/** The Java types of the {@code imagemirror.dev} custom resources; the schema in the cluster is generated from them. */
@NullMarked
package dev.imagemirror.crds;

import org.jspecify.annotations.NullMarked;
