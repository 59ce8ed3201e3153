package dev.imagemirror.operator.program;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits of commands that end by themselves or by Ctrl-C. */
public final class Pauses {
    private Pauses() {}

    public static void of(Duration length) throws InterruptedException {
        if (new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("this latch is never counted down");
        }
    }
}
