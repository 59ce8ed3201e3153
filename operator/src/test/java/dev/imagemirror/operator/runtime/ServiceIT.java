package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.operator.config.ConfigLoader;
import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.program.Context;
import dev.imagemirror.operator.testing.TestingAwsProperties;
import dev.imagemirror.operator.testing.TestingDynamoServer;
import dev.imagemirror.operator.wiring.Wiring;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole operator in this process: DynamoDB Local with its stream, registries, local copy jobs. */
@Timeout(120)
class ServiceIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final TestingAwsProperties aws = new TestingAwsProperties();
    private final TestingDynamoServer.Tables tables =
            TestingDynamoServer.shared().tables();

    private final TestingRegistry source = TestingRegistry.start();
    private final TestingRegistry destination = TestingRegistry.start();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "MIRROR_OPERATOR_JOBS_MODE", "local",
            "MIRROR_OPERATOR_JOBS_POLL", "100ms",
            "MIRROR_OPERATOR_LOOP_INTERVAL", "1s",
            "MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "0s",
            "MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1"));
    private Wiring wiring;
    private Service service;

    @BeforeEach
    void makeTables() {
        aws.endpoint("DynamoDb", TestingDynamoServer.shared().url())
                .endpoint("DynamoDbStreams", TestingDynamoServer.shared().url());
        settings.put("MIRROR_OPERATOR_TABLES_MIRRORS", tables.mirrors());
        settings.put("MIRROR_OPERATOR_TABLES_STATUSES", tables.statuses());
    }

    @AfterEach
    void stop() {
        stopOperator();
        source.close();
        destination.close();
        tables.close();
        aws.close();
    }

    @Test
    void aRowThatIsPutIsCopiedAndAChangedSourceIsHealed() {
        TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 10_000, 1);
        image.putInto(source, "app", "1");
        startOperator();

        put(source.reference("app", "1"), destination.reference("copy", "1"));

        awaitState(source.reference("app", "1"), "InSync");
        assertThat(image.differences(destination, "copy", "1")).isEmpty();
        TestingImage changed = TestingImages.multiPlatform(LayerKind.TAR, 2, 2, 10_000, 2);
        changed.putInto(source, "app", "1");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(changed.differences(destination, "copy", "1"))
                        .isEmpty());
        awaitState(source.reference("app", "1"), "InSync");
        assertThat(pairs(source.reference("app", "1")).get(0).progress().history())
                .extracting(copy -> copy.digest().toString())
                .containsExactly(changed.digest(), image.digest());
    }

    @Test
    void anEditIsSeenByTheStreamAndARemovedRowIsForgotten() {
        settings.put("MIRROR_OPERATOR_LOOP_INTERVAL", "1h");
        TestingImages.small(1).putInto(source, "app", "1");
        startOperator();
        String key = source.reference("app", "1");

        put(key, destination.reference("one", "1"));
        awaitState(key, "InSync");
        put(key, destination.reference("one", "1") + "," + destination.reference("two", "1"));

        await().atMost(LIMIT)
                .until(() -> destination.content().manifest("two", "1").isPresent());
        wiring.ports().mirrors().delete(new EntryKey(key), "test");
        await().atMost(LIMIT).until(() -> pairs(key).isEmpty());
        assertThat(destination.content().manifest("one", "1"))
                .as("nothing is deleted")
                .isPresent();
    }

    @Test
    void badRowsAndADeadRegistryDoNotHoldUpTheOthers() throws Exception {
        settings.put("MIRROR_OPERATOR_LOOP_WORKERS", "4");
        settings.put("MIRROR_OPERATOR_REGISTRIES_RESPONSE_TIMEOUT", "20s");
        TestingImages.small(1).putInto(source, "app", "1");
        try (ServerSocket dead = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            startOperator();
            String deadRegistry = "127.0.0.1:" + dead.getLocalPort();
            for (int i = 0; i < 20; i++) {
                put(deadRegistry + "/dead" + i + ":1", destination.reference("dead" + i, "1"));
                put("UPPER/bad" + i, "also bad");
            }
            for (int i = 0; i < 10; i++) {
                put(source.reference("app", "1") + "#" + i, destination.reference("copy" + i, "1"));
            }

            for (int i = 0; i < 10; i++) {
                awaitState(source.reference("app", "1") + "#" + i, "InSync");
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(wiring.ports()
                                    .statuses()
                                    .load(new EntryKey("UPPER/bad19"))
                                    .entry()
                                    .summary()
                                    .problems())
                            .hasSize(2));
        }
    }

    @Test
    void aSweepOverRowsInSyncCostsOneHeadAReferenceAndNoWrite() throws InterruptedException {
        settings.put("MIRROR_OPERATOR_LOOP_INTERVAL", "1h");
        settings.put("MIRROR_OPERATOR_REGISTRIES_SWEEP_WINDOW", "10s");
        TestingImages.small(1).putInto(source, "app", "1");
        TestingImages.small(1).putInto(destination, "copy", "1");
        TestingImages.small(1).putInto(destination, "other", "1");
        startOperator();
        put(source.reference("app", "1") + "#a", destination.reference("copy", "1"));
        put(source.reference("app", "1") + "#b", destination.reference("other", "1"));
        awaitState(source.reference("app", "1") + "#a", "InSync");
        awaitState(source.reference("app", "1") + "#b", "InSync");
        stopOperator();
        startWithoutLoop();
        long before = versions();
        source.clearRequests();
        destination.clearRequests();

        OperatorConfig config = ConfigLoader.load(null, settings).config();
        Sweep sweep = new Sweep(wiring.ports(), config, context());
        sweep.list();
        assertThat(sweep.once(sweep.all()).report(System.err)).isZero();

        assertThat(heads(source)).as("one for two entries").hasSize(1);
        assertThat(heads(destination)).hasSize(2);
        assertThat(source.requests("GET", "/v2/.+/manifests/.+")).isEmpty();
        assertThat(destination.requests("GET", "/v2/.+/manifests/.+")).isEmpty();
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aRestartWhileAJobRunsEndsInSync() {
        TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 100_000, 1).putInto(source, "app", "1");
        String key = source.reference("app", "1");
        startOperator();
        put(key, destination.reference("copy", "1"));
        await().atMost(LIMIT).until(() -> !pairs(key).isEmpty());

        stopOperator();
        startOperator();

        awaitState(key, "InSync");
        assertThat(pairs(key).get(0).claim()).isNull();
    }

    @Test
    void aSignatureThatIsAddedAfterTheCopyIsFoundAndCopied() {
        TestingImage image = TestingImages.small(1);
        image.putInto(source, "app", "1");
        startOperator();
        String key = source.reference("app", "1");
        put(key, Map.of(MirrorRow.DESTINATION, destination.reference("copy", "1"), "Referrers", true));
        awaitState(key, "InSync");
        TestingImage signature = TestingImages.referrer(image, "application/vnd.example.signature");
        TestingImage cosigns = TestingImages.signature(image);
        String tag = image.cosignTag("sig");

        signature.putInto(source, "app", "");
        cosigns.putInto(source, "app", tag);

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(signature.differences(destination, "copy", signature.digest()))
                    .isEmpty();
            assertThat(cosigns.differences(destination, "copy", tag)).isEmpty();
        });
        awaitState(key, "InSync");
    }

    @Test
    void missingSourceIsBlockedAndReported() {
        startOperator();

        put(source.reference("nothing", "1"), destination.reference("copy", "1"));

        awaitState(source.reference("nothing", "1"), "Blocked");
        PairStatus pair = pairs(source.reference("nothing", "1")).get(0);
        assertThat(pair.state().reason()).isEqualTo(Reason.SOURCE_NOT_FOUND);
        assertThat(pair.state().message()).contains("nothing:1", "check its name");
    }

    private void startOperator() {
        startWithoutLoop();
        service = new Service(wiring, context());
        service.start();
    }

    private void startWithoutLoop() {
        wiring = Wiring.open(ConfigLoader.load(null, settings).config(), context(), false);
    }

    private Context context() {
        return new Context(settings, System.out, System.err, Clock.systemUTC(), new java.util.Random(1), false);
    }

    private void stopOperator() {
        if (service != null) {
            service.close();
            service = null;
        }
        if (wiring != null) {
            wiring.close();
        }
    }

    private void put(String source, String destinations) {
        put(source, Map.of(MirrorRow.DESTINATION, destinations));
    }

    private void put(String source, Map<String, Object> attributes) {
        Map<String, Object> managed = new HashMap<>(attributes);
        managed.put(MirrorRow.MANAGED_BY, "test");
        assertThat(wiring.ports().mirrors().put(new MirrorRow(new EntryKey(source), managed), "test"))
                .isTrue();
    }

    private List<PairStatus> pairs(String key) {
        return wiring.ports().statuses().load(new EntryKey(key)).pairs();
    }

    private void awaitState(String key, String word) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(pairs(key))
                        .isNotEmpty()
                        .allSatisfy(pair -> assertThat(pair.state().word())
                                .as(pair.state().message())
                                .isEqualTo(word)));
    }

    private long versions() {
        AtomicInteger sum = new AtomicInteger();
        wiring.ports()
                .statuses()
                .scan(
                        entry -> sum.addAndGet((int) entry.version()),
                        pair -> sum.addAndGet((int) pair.version()),
                        item -> {});
        return sum.get();
    }

    private static List<RecordedRequest> heads(TestingRegistry registry) {
        return registry.requests("HEAD", "/v2/.+/manifests/.+");
    }
}
