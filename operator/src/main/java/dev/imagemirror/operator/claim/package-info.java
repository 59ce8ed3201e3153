/**
 * Claims and their jobs: admission, submission, takeover, late jobs. Guarantees "never two copies at a time, never
 * forgotten"; see DESIGN.md in this directory.
 */
@NullMarked
package dev.imagemirror.operator.claim;

import org.jspecify.annotations.NullMarked;
