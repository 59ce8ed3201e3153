package dev.imagemirror.operator.app;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a command gets from the world.
 *
 * @param environment environment variables
 * @param out standard output: answers
 * @param err standard error: errors and logs
 * @param clock wall clock
 * @param random chance
 * @param isTerminal whether somebody looks at standard output as it comes
 */
record Context(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Clock clock,
        RandomGenerator random,
        boolean isTerminal) {
    /** True if answers may be coloured (no-color.org). */
    boolean isColoured() {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
