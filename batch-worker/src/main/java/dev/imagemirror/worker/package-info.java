/** The {@code mirror} command: options, credentials, progress, report and exit code around the copy engine. */
@NullMarked
package dev.imagemirror.worker;

import org.jspecify.annotations.NullMarked;
