/** Text for people that the worker and the operator share. */
package dev.imagemirror.text;
