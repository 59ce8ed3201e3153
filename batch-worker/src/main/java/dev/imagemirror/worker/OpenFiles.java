package dev.imagemirror.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the process may open as many files as it needs: a JVM at its limit fails at a random point, with a class that
 * cannot be found. Uses few classes, all of the JDK, so that it still works at the limit.
 */
public final class OpenFiles {
    /** See proc(5); it exists only on Linux, and elsewhere the JVM raises its own limit. */
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private static final String LINE = "Max open files";

    private OpenFiles() {}

    /** What is wrong and what to do about it; empty if nothing is, or nothing is known. */
    public static String shortage(int needed) {
        try {
            return shortage(Files.readString(LIMITS), needed);
        } catch (IOException e) {
            return "";
        }
    }

    /** @param limits as the kernel formats them: name, soft limit, hard limit, unit */
    static String shortage(String limits, int needed) {
        int line = limits.indexOf(LINE);
        if (line < 0) {
            return "";
        }
        String soft = limits.substring(line + LINE.length()).trim().split("\\s+", 2)[0];
        boolean isNumber = !soft.isEmpty() && soft.length() < 10 && soft.chars().allMatch(Character::isDigit);
        if (!isNumber || Integer.parseInt(soft) >= needed) {
            return "";
        }
        return "the open files limit is " + soft + ", but at least " + needed + " are needed; run: ulimit -n 1024";
    }
}
