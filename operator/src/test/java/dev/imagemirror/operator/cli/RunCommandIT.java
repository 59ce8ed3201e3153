package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunCommandIT extends CommandsWithRegistries {
    private final Thread operator = new Thread(() -> commands.run("run"), "operator");

    @AfterEach
    void stop() throws InterruptedException {
        operator.interrupt();
        operator.join();
    }

    @Test
    void rowThatIsPutWhileItRunsIsCopiedByWayOfTheStream() {
        commands.environment.put("MIRROR_OPERATOR_TABLES_RELIST", "1h");
        operator.start();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(commands.err()).contains("mirror-operator: running"));
        TestingImage image = TestingImages.small(1);
        image.putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(image.differences(to, "copy/app", "1")).isEmpty());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(commands.pair(from.reference("team/app", "1"))
                                .state()
                                .word())
                        .isEqualTo("InSync"));
    }
}
