/** Shares one question among all who ask it at the same time; used by the adapters that ask registries. */
@NullMarked
package dev.imagemirror.operator.cache;

import org.jspecify.annotations.NullMarked;
