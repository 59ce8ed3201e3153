package dev.imagemirror.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.testing.TestingCluster;
import dev.imagemirror.operator.testing.TestingLog;
import dev.imagemirror.testing.HostileTexts;
import dev.imagemirror.testing.MutableClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    @AutoClose
    private final TestingCluster cluster = new TestingCluster();

    private final MirrorPolicy policy = PolicyScene.policy("images");

    @Test
    void escapesInvisibleCharactersAndHidesSecrets() {
        try (KubernetesClient client = cluster.newClient()) {
            EventRecorder events = new EventRecorder(client, MutableClock.atSomeInstant());
            HostileTexts.stored()
                    .forEach(text -> events.record(
                            policy, new PolicyEvents.News(true, text, text + " of https://bob:s3cret@host/" + text)));
        }

        assertThat(cluster.events(PolicyScene.TEAM)).hasSizeGreaterThan(20).allSatisfy(event -> {
            assertVisible(event.getReason());
            assertVisible(event.getMessage());
            assertThat(event.getMessage()).contains("evil", "[hidden]@host/").doesNotContain("s3cret");
        });
    }

    @Test
    void aLongMessageIsCut() {
        try (KubernetesClient client = cluster.newClient()) {
            new EventRecorder(client, MutableClock.atSomeInstant())
                    .record(policy, new PolicyEvents.News(true, "Degraded", "\u202e".repeat(5_000)));
        }

        assertThat(cluster.events(PolicyScene.TEAM))
                .singleElement()
                .extracting(Event::getMessage)
                .asString()
                .hasSizeLessThanOrEqualTo(1_024)
                .endsWith("…");
    }

    @Test
    void failingApiServerDoesNotCauseALogLinePerEvent() {
        Config nobody = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (TestingLog log = TestingLog.of(EventRecorder.class);
                KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(nobody).build()) {
            EventRecorder events = new EventRecorder(client, MutableClock.atSomeInstant());
            for (int i = 0; i < 50; i++) {
                events.record(policy, new PolicyEvents.News(true, "Degraded", "message " + i));
            }
            assertThat(log.messages()).singleElement().asString().startsWith("cannot write an event: ");
        }
    }

    private static void assertVisible(String text) {
        assertThat(Visible.of(text)).isEqualTo(text);
    }
}
