/**
 * The {@code MirrorPolicy} front-end: syncs rows with policies, and policy status with what is known about the rows. It
 * depends on the tables' ports, never on a registry or job queue.
 *
 * <p>Each pass over a policy is level-based: derive wanted rows from the spec ({@code WantedRows}), sync the rows
 * ({@code RowSync}), summarize their state ({@code PolicyOverview}), and write the status if it has changed
 * ({@code StatusWriter}). Table contents come from the {@code EntryCatalog}, which follows both tables; a pass reads
 * neither.
 */
@NullMarked
package dev.imagemirror.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
