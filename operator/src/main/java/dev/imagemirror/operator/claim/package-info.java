/**
 * Claims and the jobs under them: admission, submission, takeover, late jobs. Keeps the promise "never copied twice at a time,
 * never forgotten"; DESIGN.md beside this file explains how.
 */
package dev.imagemirror.operator.claim;
