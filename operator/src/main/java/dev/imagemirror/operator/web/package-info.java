/**
 * The management port: health, metrics, the JSON status API and the dashboard, all read-only. Its data comes from
 * {@link dev.imagemirror.operator.catalog.EntryCatalog} and suppliers passed in by the program.
 */
@NullMarked
package dev.imagemirror.operator.web;

import org.jspecify.annotations.NullMarked;
