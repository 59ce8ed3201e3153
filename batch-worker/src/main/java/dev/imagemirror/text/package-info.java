/** Text for people that the worker and the operator share. */
@NullMarked
package dev.imagemirror.text;

import org.jspecify.annotations.NullMarked;
