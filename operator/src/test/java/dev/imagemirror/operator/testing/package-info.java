/** Hand-written stand-ins for the operator's ports and tables of test values, shared by all its tests. */
package dev.imagemirror.operator.testing;
