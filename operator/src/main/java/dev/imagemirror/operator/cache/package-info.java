/** Shares one load among concurrent callers; used by the registry adapters. */
@NullMarked
package dev.imagemirror.operator.cache;

import org.jspecify.annotations.NullMarked;
