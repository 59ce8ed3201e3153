package dev.imagemirror.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.testing.TestingCluster;
import dev.imagemirror.testing.HostileTexts;
import dev.imagemirror.testing.MutableClock;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventRecorderTest {
    private final TestingCluster cluster = new TestingCluster();
    private final MirrorPolicy policy = PolicyScene.policy("images");

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatCannotBeSeenIsEscapedAndSecretsAreHidden() {
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
    void anApiServerThatTakesNoneIsNoLineAnEvent() {
        Logger logger = (Logger) LoggerFactory.getLogger(EventRecorder.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Config nobody = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(nobody).build()) {
            EventRecorder events = new EventRecorder(client, MutableClock.atSomeInstant());
            for (int i = 0; i < 50; i++) {
                events.record(policy, new PolicyEvents.News(true, "Degraded", "message " + i));
            }
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("cannot write an event: ");
    }

    private static void assertVisible(String text) {
        assertThat(Visible.of(text)).isEqualTo(text);
    }
}
