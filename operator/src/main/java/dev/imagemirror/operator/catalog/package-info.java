/**
 * What is known of all entries, kept in memory: the index that passes use, and the catalog that dashboards and policies read.
 * Both are filled by listing the tables and kept current by listeners.
 */
@NullMarked
package dev.imagemirror.operator.catalog;

import org.jspecify.annotations.NullMarked;
