package dev.imagemirror.copy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Transfers the blobs of one plan, some at a time, those first that other destinations are waiting to share. */
final class BlobQueue {
    private final CopyContext context;
    private final BlobTransfer transfer;
    private final List<Descriptor> waiting;
    private boolean failed;

    BlobQueue(CopyContext context, BlobTransfer transfer, List<Descriptor> blobs) {
        this.context = context;
        this.transfer = transfer;
        this.waiting = new ArrayList<>(blobs);
    }

    /** Returns when all blobs are there; the first failure stops those that have not begun. */
    void run() throws RegistryException {
        List<Future<Void>> running = startOtherLanes(Math.min(context.settings().blobsAtOnce(), waiting.size()));
        RegistryException failure = null;
        try {
            drain();
        } catch (RegistryException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = failed(e);
        }
        for (Future<Void> lane : running) {
            RegistryException error = await(lane);
            failure = failure == null ? error : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Future<Void>> startOtherLanes(int lanes) throws RegistryException {
        List<Future<Void>> running = new ArrayList<>();
        try {
            for (int i = 1; i < lanes; i++) {
                running.add(context.executor().submit(() -> {
                    drain();
                    return null;
                }));
            }
            return running;
        } catch (RejectedExecutionException e) {
            throw Interruption.stopped(e);
        }
    }

    private void drain() throws RegistryException {
        for (Descriptor blob = take(); blob != null; blob = take()) {
            boolean done = false;
            try {
                transfer.transfer(blob);
                done = true;
            } finally {
                if (!done) {
                    stop();
                }
            }
        }
    }

    private synchronized @Nullable Descriptor take() {
        if (failed || waiting.isEmpty()) {
            return null;
        }
        for (Descriptor blob : waiting) {
            if (context.broadcasts().isGathering(blob.digest())) {
                waiting.remove(blob);
                return blob;
            }
        }
        return waiting.remove(0);
    }

    private synchronized void stop() {
        failed = true;
    }

    private static @Nullable RegistryException await(Future<Void> lane) {
        try {
            lane.get();
            return null;
        } catch (InterruptedException e) {
            return Interruption.asError(e);
        } catch (ExecutionException e) {
            return e.getCause() instanceof RegistryException error ? error : failed(e.getCause());
        }
    }

    private static RegistryException failed(@Nullable Throwable cause) {
        return new RegistryException(ErrorKind.INTERNAL, "a transfer failed: " + cause, cause);
    }
}
