/** What follows from an observation: drift, and the verdict on an ended job. Pure functions. */
@NullMarked
package dev.imagemirror.operator.domain.decision;

import org.jspecify.annotations.NullMarked;
