package dev.imagemirror.operator.program;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits in commands that end on their own or by Ctrl-C. */
public final class Pauses {
    private Pauses() {}

    public static void of(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }
}
