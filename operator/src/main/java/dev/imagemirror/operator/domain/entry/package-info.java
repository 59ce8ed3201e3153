/** What a row asks for: parses its attributes into a {@code MirrorEntry}, reporting every problem, and selects tags. */
@NullMarked
package dev.imagemirror.operator.domain.entry;

import org.jspecify.annotations.NullMarked;
