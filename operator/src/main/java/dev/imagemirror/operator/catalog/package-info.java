/**
 * In-memory knowledge of all entries: the index used by passes, and the catalog read by dashboards and policies. Both
 * are filled by listing the tables and kept current by listeners.
 */
@NullMarked
package dev.imagemirror.operator.catalog;

import org.jspecify.annotations.NullMarked;
