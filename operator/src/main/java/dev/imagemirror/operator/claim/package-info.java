/**
 * Claims and the jobs under them: admission, submission, takeover, late jobs. Keeps the promise "never copied twice at a time,
 * never forgotten"; DESIGN.md beside this file explains how.
 */
@NullMarked
package dev.imagemirror.operator.claim;

import org.jspecify.annotations.NullMarked;
