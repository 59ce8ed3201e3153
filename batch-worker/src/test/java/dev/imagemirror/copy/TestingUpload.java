package dev.imagemirror.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;

/** An upload on a thread of its own that takes what its subscription gives, and can be held after some bytes. */
final class TestingUpload {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final CountDownLatch released = new CountDownLatch(1);
    private final BlobSubscription subscription;
    private final FutureTask<Void> task;
    private final int heldAt;

    private TestingUpload(BlobSubscription subscription, int heldAt) {
        this.subscription = subscription;
        this.heldAt = heldAt;
        task = new FutureTask<>(() -> {
            subscription.writeTo(sink());
            return null;
        });
        Thread thread = new Thread(task, "upload");
        thread.setDaemon(true);
        thread.start();
    }

    static TestingUpload start(BlobSubscription subscription) {
        return new TestingUpload(subscription, Integer.MAX_VALUE);
    }

    /** One that takes this many bytes at least, and then none until {@link #release}. */
    static TestingUpload heldAt(int bytes, BlobSubscription subscription) {
        return new TestingUpload(subscription, bytes);
    }

    private OutputStream sink() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException("one byte at a time");
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                add(bytes, from, length);
                if (size() >= heldAt) {
                    hold();
                }
            }
        };
    }

    private synchronized void add(byte[] bytes, int from, int length) {
        taken.write(bytes, from, length);
        buffers.add(bytes);
    }

    private void hold() throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    void release() {
        released.countDown();
    }

    synchronized int size() {
        return taken.size();
    }

    synchronized byte[] bytes() {
        return taken.toByteArray();
    }

    /** How many different arrays the bytes came in. */
    synchronized int buffers() {
        return buffers.size();
    }

    void awaitSize(int bytes) {
        Awaitility.await().until(() -> size() >= bytes);
    }

    /** Waits for the end, gives up the subscription, and throws what the upload threw. */
    void join() throws Throwable {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        } finally {
            subscription.close();
        }
    }
}
