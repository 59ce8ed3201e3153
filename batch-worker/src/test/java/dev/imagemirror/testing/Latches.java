package dev.imagemirror.testing;

import java.util.concurrent.CountDownLatch;

/** Latches by which a test holds what runs on other threads. */
public final class Latches {
    private Latches() {}

    /** Waits until the latch opens; an interrupt ends that, too, and stays noted. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
