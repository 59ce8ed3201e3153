package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.Latches;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OnceCommandIT extends CommandsWithRegistries {
    @Test
    void anUnknownEcrImageIsReportedButNotAFailure() {
        assertThat(commands.run("once", "team/unknown", "1")).isEqualTo(Exit.OK);
        assertThat(commands.err()).contains("no entry copies from or to ECR image team/unknown:1");
    }

    @Test
    void copiesWhatHasDriftedAndExitsWithZero() {
        TestingImage image = TestingImages.small(1);
        image.putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));

        assertThat(commands.run("once")).as(commands.err()).isEqualTo(Exit.OK);
        assertThat(image.differences(to, "copy/app", "1")).isEmpty();
        assertThat(commands.lines()).containsExactly("1 entry: 1 InSync");
    }

    @Test
    void secondRunOverWhatIsInSyncReadsNoManifestAndWritesNothing() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        commands.run("once");
        var before = commands.statusItems();
        from.clearRequests();

        assertThat(commands.run("once")).isEqualTo(Exit.OK);
        assertThat(commands.statusItems()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(from.requests("HEAD", ".*/manifests/.*")).hasSize(1);
        assertThat(from.requests("GET", ".*/manifests/.*")).isEmpty();
    }

    @Test
    void blockedRowExitsWithOneAndDoesNotHoldUpOtherRows() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/none", "1"), to.reference("copy/none", "1"));
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        commands.putRow("not a reference!", "nor:this:one");

        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
        assertThat(to.content().tagDigest("copy/app", "1")).isPresent();
        assertThat(commands.out())
                .contains("3 entries")
                .contains("SourceNotFound: ")
                .contains("not a reference!: Source: ")
                .contains("not a reference!: Destination: ");
    }

    @Test
    void anUnresponsiveRegistryDelaysNoRowOfAnother() throws InterruptedException {
        commands.environment.put("MIRROR_OPERATOR_LOOP_WORKERS", "4");
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_RESPONSE_TIMEOUT", "10m");
        CountDownLatch released = new CountDownLatch(1);
        TestingRegistry held = TestingRegistry.start();
        held.fault(Fault.on("*", "/v2/.+").always().then(Faults.run(() -> Latches.await(released))));
        for (int i = 0; i < 12; i++) {
            commands.putRow(held.reference("team/slow" + i, "1"), to.reference("copy/slow" + i, "1"));
        }
        TestingImages.small(1).putInto(from, "team/app", "1");
        String last = "localhost:" + from.port() + "/team/app:1"; // sorts after those of 127.0.0.1
        commands.putRow(last, to.reference("copy/app", "1"));

        Thread once = new Thread(() -> commands.run("once"), "once");
        once.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(to.content().tagDigest("copy/app", "1")).isPresent());
            assertThat(once.isAlive()).isTrue();
        } finally {
            released.countDown();
            once.join();
            held.close();
        }
        assertThat(commands.out()).contains("13 entries: 12 Blocked, 1 InSync").doesNotContain("reconcile failed");
    }

    @Test
    void limitsConcurrentRequestsToTheSetting() {
        int concurrency = 40;
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_RESPONSE_TIMEOUT", "10m");
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_CONCURRENCY", String.valueOf(concurrency));
        CountDownLatch together = new CountDownLatch(concurrency);
        to.fault(Fault.on("HEAD", ".*/manifests/.*").times(concurrency).then(Faults.run(() -> {
            together.countDown();
            Latches.await(together);
        })));
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(
                from.reference("team/app", "1"),
                IntStream.range(0, concurrency)
                        .mapToObj(i -> to.reference("copy/app" + i, "1"))
                        .collect(Collectors.joining(",")));
        try {
            assertThat(commands.run("once")).as(commands.err()).isEqualTo(Exit.OK);
            assertThat(together.getCount()).isZero();
        } finally {
            LongStream.range(0, concurrency).forEach(i -> together.countDown());
        }
    }

    @Test
    void repositoryAndTagChooseEntriesThatCopyFromThatEcrImage() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));

        assertThat(commands.run("once", "team/app", "1")).isEqualTo(Exit.OK);
        assertThat(commands.lines()).as("a registry that is no ECR").containsExactly("0 entries: no pairs");
        assertThat(to.content().repositories()).isEmpty();
    }

    @Test
    void repositoryWithoutATagIsAWrongCommandLine() {
        assertThat(commands.run("once", "team/app")).isEqualTo(Exit.USAGE);
        assertThat(commands.err()).contains("specify both REPOSITORY and TAG, or neither");
    }
}
