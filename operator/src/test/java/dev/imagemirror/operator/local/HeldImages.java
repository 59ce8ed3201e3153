package dev.imagemirror.operator.local;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Images in a registry that holds their blobs back until they are released, and jobs that copy them to another one. */
final class HeldImages implements AutoCloseable {
    final TestingRegistry source = TestingRegistry.start();
    final TestingRegistry target = TestingRegistry.start();
    private final List<CountDownLatch> held = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** A job whose copy goes to {@code out<n>/x:1} and {@code more<n>/x:1} and waits for its release. */
    CopyJobSpec job(Map<String, String> environment) {
        int number = held.size() + 1;
        String name = "in" + number + "/x";
        TestingImage image = TestingImages.small(number);
        image.putInto(source, name, "1");
        String pinned = source.reference(name, "1") + "@" + image.digest();
        String destinations =
                target.reference("out" + number + "/x", "1") + "," + target.reference("more" + number + "/x", "1");
        CountDownLatch latch = new CountDownLatch(1);
        held.add(latch);
        numbers.put(pinned, number);
        source.fault(Fault.on("GET", "/v2/" + name + "/blobs/.+").always().then(Faults.run(() -> await(latch))));
        return new CopyJobSpec(
                LocalCopyJobQueue.QUEUE,
                LocalCopyJobQueue.DEFINITION,
                Map.of("source", pinned, "dest", destinations),
                environment,
                3600);
    }

    void release(CopyJobSpec job) {
        release(numbers.get(job.parameters().get("source")));
    }

    /** Releases the {@code number}-th image, from 1 on. */
    void release(int number) {
        held.get(number - 1).countDown();
    }

    /** The destinations refuse from now on. */
    void deny() {
        target.fault(Fault.on("*", "/v2/.+/(blobs|manifests)/.*").always().then(Faults.status(403)));
    }

    /** True if any blob is being asked for. */
    boolean isAskedForBlobs() {
        return !source.requests("GET", "/v2/.+/blobs/.+").isEmpty();
    }

    @Override
    public void close() {
        held.forEach(CountDownLatch::countDown);
        source.close();
        target.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("the registry ends"));
        }
    }
}
