/**
 * The management port: health, metrics, the JSON status API and the dashboard, all read-only. What is shown comes from
 * {@link dev.imagemirror.operator.catalog.EntryCatalog} and from suppliers that the program hands in.
 */
@NullMarked
package dev.imagemirror.operator.web;

import org.jspecify.annotations.NullMarked;
