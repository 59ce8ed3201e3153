/** What follows from an observation: drift, and the verdict on a job that ended. Pure functions. */
package dev.imagemirror.operator.domain.decision;
