/**
 * The front-end for {@code MirrorPolicy}: makes rows equal to policies, and policies' status equal to what is known of the
 * rows. It knows the tables' ports and never a registry or a job queue.
 *
 * <p>Each pass over a policy is level-based: spec to wanted rows ({@code WantedRows}), rows made equal ({@code RowSync}),
 * all that is known summed up ({@code PolicyOverview}), status written if it says something else ({@code StatusWriter}). What
 * is in the tables comes from the {@code EntryCatalog}, which follows them; a pass reads neither table.
 */
@NullMarked
package dev.imagemirror.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
