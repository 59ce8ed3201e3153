/** The operator's values: keys, rows, pairs, claims, jobs and observations. Pure and immutable. */
@NullMarked
package dev.imagemirror.operator.domain;

import org.jspecify.annotations.NullMarked;
