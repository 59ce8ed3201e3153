/** The {@code mirror} command: options, credentials, progress, report and exit code around the copy engine. */
package dev.imagemirror.worker;
