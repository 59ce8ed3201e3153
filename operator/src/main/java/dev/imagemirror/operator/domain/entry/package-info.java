/** What a row asks for: the row's attributes parsed into a {@code MirrorEntry}, with every problem named, and tag selection. */
@NullMarked
package dev.imagemirror.operator.domain.entry;

import org.jspecify.annotations.NullMarked;
