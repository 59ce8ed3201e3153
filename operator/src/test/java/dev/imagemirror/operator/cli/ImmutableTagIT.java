package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operator and worker together, at a destination whose tags cannot be changed, as ECR's may be. */
@Timeout(120)
class ImmutableTagIT extends CommandsWithRegistries {
    private final TestingImage image = TestingImages.small(1);

    @BeforeEach
    void putRow() {
        to.enable(Trait.IMMUTABLE_TAGS);
        image.putInto(from, "team/app", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
    }

    @Test
    void aTagWithAnotherDigestIsBlockedAndStaysAsItIs() {
        TestingImage other = TestingImages.small(2);
        other.putInto(to, "copy/app", "1");

        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("1 Blocked").contains("ImmutableTag: ");
        assertThat(to.content().tagDigest("copy/app", "1")).hasValue(other.digest());

        to.clearRequests();
        assertThat(commands.run("once")).as("not tried again at once").isEqualTo(Exit.SOME_FAILED);
        assertThat(to.requests("PUT", ".*")).isEmpty();
    }

    @Test
    void aTagThatSomebodyElseSetToTheSameDigestMeanwhileIsInSync() {
        to.fault(Fault.on("PUT", ".+/manifests/1").then(Faults.run(() -> image.putInto(to, "copy/app", "1"))));

        assertThat(commands.run("once")).as(commands.out()).isEqualTo(Exit.OK);
        assertThat(commands.lines()).containsExactly("1 entry: 1 InSync");
        assertThat(to.requests("PUT", ".+/manifests/1")).anyMatch(put -> put.status() == 400);
    }
}
