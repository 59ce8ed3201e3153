/** Checks what the operator needs: tables, queues, registries, permissions; each finding says how to fix it. */
@NullMarked
package dev.imagemirror.operator.doctor;

import org.jspecify.annotations.NullMarked;
