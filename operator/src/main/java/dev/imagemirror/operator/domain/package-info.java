/** The operator's values: keys, rows, pairs, claims, jobs, and what was observed of them. Pure and immutable. */
package dev.imagemirror.operator.domain;
