/** What follows from an observation: drift, the next step of a pair, the verdict on a job that ended. Pure functions. */
@NullMarked
package dev.imagemirror.operator.domain.decision;

import org.jspecify.annotations.NullMarked;
